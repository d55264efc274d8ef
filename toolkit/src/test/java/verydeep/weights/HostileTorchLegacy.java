package verydeep.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import verydeep.weights.PickleWriter.View;

/** Hostile files of torch.save's older form: programs, keys and sizes that lie. */
final class HostileTorchLegacy extends Hostile {

  HostileTorchLegacy() {
    HostilePickles.all()
        .forEach(
            (name, pickle) ->
                trick(name, r -> file(head(1001, true), pickle.apply(r), keys(), sizes(), 0)));
    trick("storage twice", r -> file(keys(r, "0"), sizes()));
    trick("storage that nobody needs", r -> file(keys(r, "other"), sizes()));
    trick("storage that is missing", r -> file(without(r), sizes()));
    trick("size of a storage", r -> file(keys(), lying(r)));
    trick("list of keys that is a bomb", r -> file(nested(r.nextInt(10, 100_000)), sizes()));
    trick("big-endian", r -> file(head(1001, false), state(), keys(), sizes(), 0));
    trick("another version", r -> file(head(r.nextInt(1000), true), state(), keys(), sizes(), 0));
    trick(
        "bytes behind the last storage",
        r -> file(head(1001, true), state(), keys(), sizes(), r.nextInt(1, 99_999)));
    trick("cut", r -> Arrays.copyOf(plain(), r.nextInt(14, plain().length)));
  }

  @Override
  byte[] plain() {
    return file(keys(), sizes());
  }

  private static byte[] file(byte[] keys, List<Long> sizes) {
    return file(head(1001, true), state(), keys, sizes, 0);
  }

  private static byte[] file(byte[] head, byte[] state, byte[] keys, List<Long> sizes, int more) {
    Octets file = new Octets().all(head).all(state).all(keys);
    for (int i = 0; i < sizes.size(); i++) {
      file.u64(sizes.get(i)).zeros((int) (4 * PickleWriter.views().get(i).numbers()));
    }
    return file.zeros(more).toBytes();
  }

  static byte[] head(int version, boolean littleEndian) {
    return new Octets()
        .all(TorchLegacy.MAGIC)
        .put('.', 0x80, 2, 'M')
        .u16(version)
        .put('.', 0x80, 2, '}')
        .all(PickleWriter.text("little_endian"))
        .put(littleEndian ? 0x88 : 0x89, 's', '.')
        .toBytes();
  }

  private static byte[] state() {
    return PickleWriter.program(new byte[0], PickleWriter.views());
  }

  private static List<Long> sizes() {
    return PickleWriter.views().stream().map(View::numbers).toList();
  }

  private static List<Long> lying(SplittableRandom random) {
    List<Long> sizes = new ArrayList<>(sizes());
    sizes.set(random.nextInt(sizes.size()), extreme(random) | 1L << 21);
    return sizes;
  }

  private static byte[] keys() {
    return list(PickleWriter.views().stream().map(View::key).toList());
  }

  /** One of the keys replaced. */
  private static byte[] keys(SplittableRandom random, String other) {
    List<String> keys = new ArrayList<>(PickleWriter.views().stream().map(View::key).toList());
    keys.set(random.nextInt(1, keys.size()), other);
    return list(keys);
  }

  private static byte[] without(SplittableRandom random) {
    List<String> keys = new ArrayList<>(PickleWriter.views().stream().map(View::key).toList());
    keys.remove(random.nextInt(keys.size()));
    return list(keys);
  }

  static byte[] list(List<String> keys) {
    Octets code = new Octets().put(0x80, 2, ']', '(');
    keys.forEach(key -> code.all(PickleWriter.text(key)));
    return code.put('e', '.').toBytes();
  }

  private static byte[] nested(int depth) {
    Octets code = new Octets().put(0x80, 2, ']');
    for (int i = 0; i < depth; i++) {
      code.put(0x85);
    }
    return code.put('.').toBytes();
  }
}
