package verydeep.weights;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Hostile ONNX models: lies of lengths, shapes and types, numbers elsewhere, depth. */
final class HostileOnnx extends Hostile {

  private static final int GRAPH = 7;
  private static final int INITIALIZER = 5;
  private static final int RAW = 9;

  /** Makes a tensor from its name and shape. */
  private interface Change {
    Octets of(String name, List<Integer> shape);
  }

  HostileOnnx() {
    trick("size", r -> with(r, (n, s) -> tensor(n, List.of(extreme(r) | 1L << 33), 1, raw(s))));
    trick(
        "product that overflows",
        r -> with(r, (n, s) -> tensor(n, List.of(1L << 30, 1L << 30, 16L), 1, new Octets())));
    trick(
        "many dimensions",
        r -> with(r, (n, s) -> tensor(n, Collections.nCopies(r.nextInt(9, 9999), 1L), 1, raw(s))));
    trick(
        "numbers", r -> with(r, (n, s) -> tensor(n, longs(s), 1, raw(s).zeros(r.nextInt(1, 99)))));
    trick("type", r -> with(r, (n, s) -> tensor(n, longs(s), r.nextInt(2, 9), raw(s))));
    trick("wider type", r -> with(r, (n, s) -> tensor(n, longs(s), 11, raw(s))));
    trick(
        "numbers in another file",
        r -> with(r, (n, s) -> tensor(n, longs(s), 1, new Octets()).all(message(13, raw(s)))));
    trick(
        "length of the numbers",
        r ->
            with(
                r,
                (n, s) ->
                    message(8, new Octets().text(n))
                        .varint(RAW << 3 | 2)
                        .varint(extreme(r) | 1L << 40)));
    trick("tensor twice", r -> graph(body(-1, null).all(body(-1, null))));
    trick(
        "other name",
        r -> with(r, (n, s) -> tensor(any(r, "", "x", n + "/x"), longs(s), 1, raw(s))));
    trick(
        "long name",
        r -> with(r, (n, s) -> tensor("n".repeat(r.nextInt(1001, 999_999)), longs(s), 1, raw(s))));
    trick(
        "no graph", r -> new Octets().put(8, 8).all(message(3, new Octets().text("x"))).toBytes());
    trick(
        "groups",
        r -> new Octets().put(8, 8).all(filled(r.nextInt(1, 99_999), 3 << 3 | 3)).toBytes());
    trick("cut", r -> Arrays.copyOf(plain(), r.nextInt(2, plain().length)));
    trick(
        HARMLESS + "nodes",
        r -> graph(body(-1, null).all(message(1, message(4, new Octets().text("Conv"))))));
    trick(
        HARMLESS + "doubles", r -> with(r, (n, s) -> tensor(n, longs(s), 11, raw(s).all(raw(s)))));
  }

  @Override
  byte[] plain() {
    return graph(body(-1, null));
  }

  private static byte[] with(SplittableRandom random, Change change) {
    return graph(body(random.nextInt(16), change));
  }

  private static byte[] graph(Octets content) {
    return new Octets()
        .put(8, 8)
        .all(message(2, new Octets().text("test")))
        .all(message(GRAPH, content))
        .toBytes();
  }

  private static Octets body(int which, Change change) {
    Octets body = new Octets();
    int i = 0;
    for (Map.Entry<String, List<Integer>> named : shapes(Naming.TORCHVISION).entrySet()) {
      List<Integer> shape = named.getValue();
      body.all(
          message(
              INITIALIZER,
              i++ == which
                  ? change.of(named.getKey(), shape)
                  : tensor(named.getKey(), longs(shape), 1, raw(shape))));
    }
    return body;
  }

  private static Octets tensor(String name, List<Long> sizes, int type, Octets numbers) {
    Octets tensor = new Octets();
    sizes.forEach(size -> tensor.varint(1 << 3).varint(size));
    tensor.varint(2 << 3).varint(type).all(message(8, new Octets().text(name)));
    return tensor.all(message(RAW, numbers));
  }

  private static List<Long> longs(List<Integer> shape) {
    return shape.stream().map(Integer::longValue).toList();
  }

  private static Octets raw(List<Integer> shape) {
    return new Octets().zeros(4 * count(shape));
  }

  private static byte[] filled(int count, int octet) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) octet);
    return bytes;
  }

  private static Octets message(int field, Octets content) {
    return new Octets().varint((long) field << 3 | 2).varint(content.size()).all(content);
  }
}
