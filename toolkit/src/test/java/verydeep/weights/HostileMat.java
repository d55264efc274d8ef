package verydeep.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;

/** Hostile networks of MatConvNet: lies of lengths and shapes, depth, bombs. */
final class HostileMat extends Hostile {

  private static final int INTS = 5;
  private static final int WORDS = 6;
  private static final int BYTES = 1;
  private static final int SINGLES = 7;
  private static final int MATRIX = 14;
  private static final int COMPRESSED = 15;

  /** Makes a layer's filters from their sizes: rows, columns, in, out. */
  private interface Change {
    Octets of(List<Integer> sizes);
  }

  HostileMat() {
    trick("size", r -> with(r, s -> numbers(List.of((int) extreme(r) | 1 << 30, 3, 3, 3), 4)));
    trick("product that overflows", r -> with(r, s -> numbers(List.of(1 << 30, 1 << 30, 16), 0)));
    trick("negative size", r -> with(r, s -> numbers(List.of(-1, -1), 1)));
    trick(
        "many dimensions",
        r -> with(r, s -> numbers(Collections.nCopies(r.nextInt(5, 999), 1), 1)));
    trick("numbers", r -> with(r, s -> numbers(s, count(s) + r.nextInt(1, 99))));
    trick("no numbers", r -> with(r, s -> element(MATRIX, new Octets())));
    trick("kind", r -> with(r, s -> matrix(r.nextInt(1, 5), s, "", new Octets())));
    trick("no matrix", r -> with(r, s -> element(r.nextInt(1, 13), new Octets().zeros(8))));
    trick("length of an element", r -> with(r, s -> new Octets().u32(MATRIX).u32(far(r))));
    trick("cells within cells", r -> with(r, s -> nested(r.nextInt(1, 2000))));
    trick("many cells", r -> file(matrix(1, List.of(1, 1 << 30), "layers", new Octets())));
    trick(
        "other variable",
        r -> file(matrix(1, List.of(1, 1), any(r, "layer", "net", ""), layers(-1, null))));
    trick("no variable", r -> file(new Octets()));
    trick("big-endian", r -> header("MI").all(variable()).toBytes());
    trick(
        "bomb", r -> packed(r, new Octets().u32(MATRIX).u32(1 << 30).zeros(r.nextInt(1, 1 << 22))));
    trick("compressed part that lies", r -> packed(r, new Octets().u32(MATRIX).u32(far(r))));
    trick(
        "compressed part that is damaged",
        r -> file(element(COMPRESSED, new Octets().put(0x78, 0x9c).all(new byte[r.nextInt(99)]))));
    trick(
        "compressed within compressed",
        r -> packed(r, element(COMPRESSED, new Octets().all(deflated(variable())))));
    trick("cut", r -> Arrays.copyOf(plain(), r.nextInt(20, plain().length)));
    trick(HARMLESS + "compressed", r -> packed(r, variable()));
    trick(
        HARMLESS + "another variable",
        r -> file(matrix(1, List.of(1, 0), "meta", new Octets()).all(variable())));
  }

  @Override
  byte[] plain() {
    return file(variable());
  }

  private static byte[] with(SplittableRandom random, Change change) {
    Octets layers = layers(random.nextInt(8), change);
    return file(matrix(1, List.of(1, 11), "layers", layers));
  }

  private static Octets variable() {
    return matrix(1, List.of(1, 11), "layers", layers(-1, null));
  }

  private static byte[] packed(SplittableRandom unused, Octets content) {
    byte[] packed = deflated(content);
    return header("IM").u32(COMPRESSED).u32(packed.length).all(packed).toBytes();
  }

  private static byte[] file(Octets content) {
    return header("IM").all(content).toBytes();
  }

  private static Octets header(String endianness) {
    Octets header = new Octets().text("MATLAB 5.0 MAT-file");
    return header.zeros(124 - header.size()).u16(0x100).text(endianness);
  }

  /** The layers of a narrow network A, one of whose filters may be changed. */
  private static Octets layers(int which, Change change) {
    Octets all = new Octets();
    int i = 0;
    for (Map.Entry<String, List<Integer>> named : shapes(Naming.AUTHORS).entrySet()) {
      List<Integer> shape = named.getValue();
      if (named.getKey().endsWith(".bias")) {
        continue;
      }
      List<Integer> hwio = new ArrayList<>(shape.size() == 4 ? shape.subList(2, 4) : List.of(1, 1));
      hwio.add(shape.get(1));
      hwio.add(shape.get(0));
      Octets filters = i++ == which ? change.of(hwio) : numbers(hwio, count(hwio));
      Octets biases = numbers(List.of(1, shape.get(0)), shape.get(0));
      String layer = named.getKey().replace(".weight", "");
      Octets name =
          matrix(4, List.of(1, layer.length()), "", element(BYTES, new Octets().text(layer)));
      Octets weights = matrix(1, List.of(1, 2), "", filters.all(biases));
      Octets fields = element(INTS, new Octets().u32(8));
      fields.all(element(BYTES, new Octets().text("name\0\0\0\0weights\0")));
      all.all(matrix(2, List.of(1, 1), "", fields.all(name).all(weights)));
    }
    return all;
  }

  private static Octets nested(int depth) {
    Octets inner = numbers(List.of(1, 1), 1);
    for (int i = 0; i < depth; i++) {
      inner = matrix(1, List.of(1, 1), "", inner);
    }
    return inner;
  }

  private static Octets numbers(List<Integer> sizes, int count) {
    return matrix(7, sizes, "", element(SINGLES, new Octets().zeros(4 * count)));
  }

  private static Octets matrix(int kind, List<Integer> sizes, String name, Octets content) {
    Octets dimensions = new Octets();
    sizes.forEach(size -> dimensions.u32(size));
    Octets matrix = element(WORDS, new Octets().u32(kind).u32(0));
    matrix.all(element(INTS, dimensions)).all(element(BYTES, new Octets().text(name)));
    return element(MATRIX, matrix.all(content));
  }

  private static Octets element(int type, Octets content) {
    return new Octets().u32(type).u32(content.size()).all(content).pad(8);
  }

  private static byte[] deflated(Octets content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var deflated = new DeflaterOutputStream(out)) {
      deflated.write(content.toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static long far(SplittableRandom random) {
    return (extreme(random) & 0xffffffffL) | 1L << 31;
  }
}
