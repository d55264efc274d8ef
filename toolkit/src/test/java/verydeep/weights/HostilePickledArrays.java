package verydeep.weights;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Hostile pickles of NumPy's arrays: shapes, types and states that lie. */
final class HostilePickledArrays extends Hostile {

  /** Makes the instructions that leave an array on the stack. */
  private interface Change {
    Octets of(List<Integer> shape);
  }

  HostilePickledArrays() {
    trick("shape", r -> with(r, s -> array(List.of(extreme(r) | 1L << 33), "f4", "<", 4)));
    trick(
        "product that overflows",
        r -> with(r, s -> array(List.of(1L << 31, 1L << 31, 4L), "f4", "<", 0)));
    trick("negative size", r -> with(r, s -> array(List.of(-1L - r.nextInt(9)), "f4", "<", 4)));
    trick(
        "many dimensions",
        r -> with(r, s -> array(Collections.nCopies(r.nextInt(9, 999), 1L), "f4", "<", 4)));
    trick("bytes", r -> with(r, s -> array(longs(s), "f4", "<", 4 * count(s) + r.nextInt(1, 99))));
    trick("big-endian", r -> with(r, s -> array(longs(s), "f4", ">", 4 * count(s))));
    trick(
        "type", r -> with(r, s -> array(longs(s), any(r, "i4", "O", "", "x"), "<", 4 * count(s))));
    trick("length of bytes", r -> with(r, s -> new Octets().put('B').u32(r.nextInt() | 1L << 31)));
    trick("no state", r -> with(r, s -> made()));
    trick("state of another kind", r -> with(r, s -> made().put('K', 1, 'b')));
    trick("state that is short", r -> with(r, s -> made().put('(', 'K', 1, 't').put('b')));
    trick(
        "array within itself",
        r ->
            with(
                r,
                s ->
                    made()
                        .put('q', 9)
                        .put('(', 'K', 1, ')', 'N', 0x89, ']')
                        .put('h', 9, 'a', 't', 'b')));
    trick("harmful call", r -> with(r, s -> new Octets().text("cos\nsystem\n").put(')', 'R')));
    trick("cut", r -> Arrays.copyOf(plain(), r.nextInt(2, plain().length)));
    trick(HARMLESS + "doubles", r -> with(r, s -> array(longs(s), "f8", "<", 8 * count(s))));
    trick(
        HARMLESS + "something unknown",
        r -> program(r, new Octets().text("ca\nb\n").put(')', 'R', '0')));
  }

  @Override
  byte[] plain() {
    return program(null, new Octets());
  }

  private static byte[] program(SplittableRandom unused, Octets before) {
    return write(before, -1, null);
  }

  /** Changes a convolution's array. */
  private static byte[] with(SplittableRandom random, Change change) {
    return write(new Octets(), random.nextInt(16), change);
  }

  private static byte[] write(Octets before, int which, Change change) {
    Octets code = new Octets().put(0x80, 3).all(before).put('}', '(');
    int i = 0;
    for (Map.Entry<String, List<Integer>> named : shapes(Naming.AUTHORS).entrySet()) {
      List<Integer> shape = named.getValue();
      code.all(PickleWriter.text(named.getKey()));
      code.all(i++ == which ? change.of(shape) : array(longs(shape), "f4", "<", 4 * count(shape)));
    }
    return code.put('u', '.').toBytes();
  }

  private static List<Long> longs(List<Integer> shape) {
    return shape.stream().map(Integer::longValue).toList();
  }

  private static Octets made() {
    Octets code = new Octets().all(PickleWriter.global("numpy.core.multiarray", "_reconstruct"));
    return code.all(PickleWriter.global("numpy", "ndarray"))
        .put('K', 0, 0x85, 'C', 1, 'b', 0x87, 'R');
  }

  private static Octets array(List<Long> shape, String type, String order, int bytes) {
    Octets code = made().put('(', 'K', 1, '(');
    shape.forEach(size -> code.all(PickleWriter.number(size)));
    code.put('t').all(PickleWriter.global("numpy", "dtype")).all(PickleWriter.text(type));
    code.put(0x85, 'R', '(', 'K', 3).all(PickleWriter.text(order)).put('t', 'b', 0x89);
    return code.put('B').u32(bytes).zeros(bytes).put('t', 'b');
  }
}
