package verydeep.weights;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Hostile Caffe models in either encoding of layers: lies of lengths, counts, shapes and depth. */
final class HostileCaffe extends Hostile {

  private static final int NET_NAME = 1;
  private static final int DATA = 5;
  private static final int SHAPE = 7;
  private static final int DOUBLE_DATA = 8;
  private static final int LENGTH = 2;

  private final int layerField;
  private final int nameField;
  private final int blobField;

  /** Makes the bytes that stand in the place of a layer, of its name and its two arrays. */
  private interface Change {
    byte[] of(String name, byte[] weight, byte[] bias);
  }

  /** The newer encoding, or the one of the authors' release. */
  HostileCaffe(boolean newer) {
    layerField = newer ? 100 : 2;
    nameField = newer ? 1 : 4;
    blobField = newer ? 7 : 6;
    lengths();
    shapes();
    counts();
    harmless();
  }

  private void lengths() {
    trick(
        "length of a layer",
        r -> with(r, (n, w, b) -> lying(layerField, extreme(r), content(n, w, b))));
    trick(
        "length of an array",
        r ->
            with(
                r,
                (n, w, b) -> message(layerField, join(name(n), lying(blobField, extreme(r), w)))));
    trick(
        "length of the numbers",
        r -> with(r, (n, w, b) -> layer(n, lying(DATA, extreme(r), new byte[8]), b)));
    trick(
        "varint without an end",
        r -> with(r, (n, w, b) -> join(tag(layerField, LENGTH), filled(r.nextInt(10, 999), 0xff))));
    trick("field zero", r -> with(r, (n, w, b) -> new byte[] {(byte) r.nextInt(8)}));
    trick("type of a field", r -> with(r, (n, w, b) -> tag(r.nextInt(1, 99), any(r, 6, 7))));
    trick(
        "groups within groups",
        r -> with(r, (n, w, b) -> filled(r.nextInt(1, 300_000), any(r, 3, 4) | 3 << 3)));
    trick("end within a number", r -> with(r, (n, w, b) -> layer(n, join(w, packed(r)), b)));
    trick("cut", r -> Arrays.copyOf(plain(), r.nextInt(plain().length)));
  }

  private void shapes() {
    trick("size that overflows", r -> with(r, (n, w, b) -> layer(n, blob(far(r), 1), b)));
    trick(
        "product that overflows",
        r -> with(r, (n, w, b) -> layer(n, array(List.of(1L << 30, 1L << 30, 1L << 4), 0), b)));
    trick(
        "legacy sizes that overflow",
        r -> with(r, (n, w, b) -> layer(n, legacy(extreme(r) | 1L << 40, extreme(r)), b)));
    trick(
        "many dimensions",
        r ->
            with(
                r,
                (n, w, b) ->
                    layer(n, message(SHAPE, message(1, filled(r.nextInt(9, 300_000), 1))), b)));
    trick(
        "numbers that are missing or left over",
        r -> with(r, (n, w, b) -> layer(n, blob(7, any(r, 0, 1, 6, 8, 100_000)), b)));
    trick("negative size", r -> with(r, (n, w, b) -> layer(n, blob(-1 - r.nextInt(99), 1), b)));
  }

  private void counts() {
    trick(
        "numbers of two widths",
        r ->
            with(
                r,
                (n, w, b) ->
                    layer(n, join(w, message(DOUBLE_DATA, new byte[8 * r.nextInt(1, 9)])), b)));
    trick("many arrays in a layer", r -> with(r, (n, w, b) -> many(n, b, r.nextInt(3, 20_000))));
    trick("many layers", r -> repeated(message(layerField, name("x")), r.nextInt(10_001, 60_000)));
    trick("layer twice", r -> join(plain(), with(r, this::layer)));
    trick(
        "array without a layer's name",
        r -> with(r, (n, w, b) -> message(layerField, message(blobField, w))));
    trick(
        "long name",
        r -> with(r, (n, w, b) -> layer("n".repeat(r.nextInt(2000, 3_000_000)), w, b)));
    trick(
        "other name",
        r -> with(r, (n, w, b) -> layer(any(r, "", "\0", "../" + n, n + " ", "\ud800"), w, b)));
    trick(
        "numbers in many pieces, one too few",
        r -> with(r, (n, w, b) -> layer(n, pieces(r.nextInt(2, 100_000), -1), b)));
  }

  private void harmless() {
    trick(
        HARMLESS + "numbers in many pieces",
        r ->
            with(
                r,
                (n, w, b) ->
                    n.equals("fc6") ? layer(n, pieces(FC6_NUMBERS, 0), b) : layer(n, w, b)));
    trick(
        HARMLESS + "fields that nobody knows",
        r -> join(plain(), message(r.nextInt(200, 9999), new byte[r.nextInt(1, 100_000)])));
    trick(
        HARMLESS + "long name of the net",
        r -> join(message(NET_NAME, filled(r.nextInt(1, 3_000_000), 'n')), plain()));
  }

  private static final int FC6_NUMBERS = count(shapes(Naming.AUTHORS).get("fc6.weight"));

  @Override
  byte[] plain() {
    return with(new SplittableRandom(1), this::layer);
  }

  /** One of the layers changed. */
  private byte[] with(SplittableRandom random, Change change) {
    Map<String, List<Integer>> shapes = shapes(Naming.AUTHORS);
    List<String> layers = shapes.keySet().stream().filter(n -> n.endsWith(".weight")).toList();
    int which = random.nextInt(layers.size());
    Octets file = new Octets().all(message(NET_NAME, filled(5, 'A')));
    for (int i = 0; i < layers.size(); i++) {
      String layer = layers.get(i).replace(".weight", "");
      byte[] weight = blob(shapes.get(layer + ".weight"));
      byte[] bias = blob(shapes.get(layer + ".bias"));
      file.all((i == which ? change : (Change) this::layer).of(layer, weight, bias));
    }
    return file.toBytes();
  }

  private byte[] layer(String name, byte[] weight, byte[] bias) {
    return message(layerField, content(name, weight, bias));
  }

  private byte[] content(String name, byte[] weight, byte[] bias) {
    return join(name(name), message(blobField, weight), message(blobField, bias));
  }

  private byte[] name(String name) {
    return message(nameField, new Octets().text(name).toBytes());
  }

  private byte[] many(String name, byte[] blob, int count) {
    return message(layerField, join(name(name), repeated(message(blobField, blob), count)));
  }

  private static byte[] blob(List<Integer> sizes) {
    return array(sizes.stream().map(Integer::longValue).toList(), count(sizes));
  }

  /** One dimension. */
  private static byte[] blob(long size, int numbers) {
    return array(List.of(size), numbers);
  }

  private static byte[] array(List<Long> sizes, int numbers) {
    Octets list = new Octets();
    sizes.forEach(list::varint);
    return join(message(SHAPE, message(1, list.toBytes())), message(DATA, new byte[4 * numbers]));
  }

  private static byte[] legacy(long first, long second) {
    return new Octets().put(1 << 3).varint(first).put(2 << 3).varint(second).toBytes();
  }

  /** fc6's numbers, each a field of its own. */
  private static byte[] pieces(int count, int more) {
    Octets sizes = new Octets();
    shapes(Naming.AUTHORS).get("fc6.weight").forEach(sizes::varint);
    byte[] one = new Octets().put(DATA << 3 | 5).zeros(4).toBytes();
    return join(message(SHAPE, message(1, sizes.toBytes())), repeated(one, count + more));
  }

  private static byte[] packed(SplittableRandom random) {
    return message(DATA, new byte[4 * random.nextInt(9) + random.nextInt(1, 4)]);
  }

  private static long far(SplittableRandom random) {
    long number = extreme(random);
    return number >= 0 && number < 1 << 20 ? number + (1L << 40) : number;
  }

  private static byte[] message(int field, byte[] content) {
    return lying(field, content.length, content);
  }

  private static byte[] lying(int field, long length, byte[] content) {
    return new Octets().all(tag(field, LENGTH)).varint(length).all(content).toBytes();
  }

  private static byte[] tag(int field, int type) {
    return new Octets().varint((long) field << 3 | type).toBytes();
  }

  private static byte[] filled(int count, int octet) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) octet);
    return bytes;
  }

  private static byte[] repeated(byte[] part, int count) {
    Octets all = new Octets();
    for (int i = 0; i < count; i++) {
      all.all(part);
    }
    return all.toBytes();
  }

  private static byte[] join(byte[]... parts) {
    Octets all = new Octets();
    for (byte[] part : parts) {
      all.all(part);
    }
    return all.toBytes();
  }
}
