package verydeep.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import verydeep.weights.ZipWriter.Entry;

/** Hostile archives of NumPy: headers that lie, entries that are bombs. */
final class HostileNumpy extends Hostile {

  /** Makes an entry's bytes from its name and shape. */
  private interface Change {
    byte[] of(List<Integer> shape);
  }

  HostileNumpy() {
    headers();
    entries();
    trick("cut", r -> Arrays.copyOf(plain(), r.nextInt(4, plain().length)));
    trick(HARMLESS + "by columns", r -> with(r, s -> array("<f4", "True", text(s), count(s))));
    trick(HARMLESS + "compressed", r -> entry(r, e -> deflate(e, e.content)));
    trick(HARMLESS + "wide", r -> with(r, s -> array("<f8", "False", text(s), 2 * count(s))));
    trick(
        HARMLESS + "array of whole numbers",
        r -> more("x.npy", array("<i8", "False", "(" + r.nextInt(1, 99) + ",)", 1)));
  }

  private void headers() {
    trick(
        "shape that overflows",
        r -> with(r, s -> array("<f4", "False", "(" + far(r) + ", 3, 3, 3)", count(s))));
    trick(
        "product that overflows",
        r -> with(r, s -> array("<f4", "False", "(1073741824, 1073741824, 16)", 1)));
    trick(
        "many dimensions",
        r -> with(r, s -> array("<f4", "False", "(" + "1,".repeat(r.nextInt(9, 500)) + ")", 1)));
    trick(
        "shape that is none",
        r -> with(r, s -> array("<f4", "False", any(r, "(-1,)", "3", "(a,)", "((1,),)"), 1)));
    trick("type", r -> with(r, s -> array(any(r, ">f4", "|O", "<c8", "|V4"), "False", text(s), 1)));
    trick("numbers that are missing", r -> with(r, s -> array("<f4", "False", text(s), 0)));
    trick(
        "numbers that are left over",
        r -> with(r, s -> array("<f4", "False", text(s), count(s) + r.nextInt(1, 9))));
    trick(
        "length of a header",
        r -> with(r, s -> new Octets().put(0x93).text("NUMPY").put(2, 0).u32(far(r)).toBytes()));
    trick(
        "version",
        r -> with(r, s -> new Octets().put(0x93).text("NUMPY").put(9, 0).zeros(99).toBytes()));
    trick("no header", r -> with(r, s -> new byte[r.nextInt(200)]));
  }

  private void entries() {
    trick("bomb", r -> entry(r, e -> bomb(e, r.nextInt(1 << 22, 1 << 24))));
    trick(
        "size of a compressed entry",
        r ->
            entry(
                r,
                e -> {
                  deflate(e, e.content);
                  e.listedSize = e.listedSize + r.nextInt(1, 1 << 20);
                }));
    trick(
        "compressed entry that is damaged",
        r ->
            entry(
                r,
                e -> {
                  deflate(e, e.content);
                  Arrays.fill(e.content, (byte) 0xff);
                }));
    trick("entry that is missing", r -> entry(r, e -> e.listedName = e.name + "x.npy"));
    trick("another file among them", r -> more("evil.txt", new byte[r.nextInt(99)]));
  }

  @Override
  byte[] plain() {
    return archive().write();
  }

  private static ZipWriter archive() {
    ZipWriter zip = new ZipWriter();
    for (Map.Entry<String, List<Integer>> named : shapes(Naming.AUTHORS).entrySet()) {
      zip.add(
          named.getKey() + ".npy",
          array("<f4", "False", text(named.getValue()), count(named.getValue())));
    }
    return zip;
  }

  private static String text(List<Integer> shape) {
    return shape.stream().map(n -> n + ", ").collect(Collectors.joining("", "(", ")"));
  }

  private static byte[] array(String type, String byColumns, String shape, int numbers) {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }".formatted(type, byColumns, shape);
    Octets array = new Octets().put(0x93).text("NUMPY").put(1, 0).u16(header.length());
    return array.text(header).zeros(4 * numbers).toBytes();
  }

  /** Changes a convolution's array. */
  private static byte[] with(SplittableRandom random, Change change) {
    List<List<Integer>> shapes = List.copyOf(shapes(Naming.AUTHORS).values());
    ZipWriter zip = archive();
    int which = random.nextInt(16);
    zip.entries.get(which).content = change.of(shapes.get(which));
    return zip.write();
  }

  /** Changes an entry. */
  private interface EntryChange {
    void to(Entry entry);
  }

  private static byte[] entry(SplittableRandom random, EntryChange change) {
    ZipWriter zip = archive();
    change.to(zip.entries.get(random.nextInt(16)));
    return zip.write();
  }

  private static byte[] more(String name, byte[] content) {
    ZipWriter zip = archive();
    zip.add(name, content);
    return zip.write();
  }

  private static void bomb(Entry entry, int numbers) {
    deflate(entry, array("<f4", "False", "(" + numbers + ",)", numbers));
  }

  private static void deflate(Entry entry, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var deflated = new DeflaterOutputStream(out, new Deflater(9, true))) {
      deflated.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    entry.method = 8;
    entry.content = out.toByteArray();
    entry.stored = (long) entry.content.length;
    entry.listedSize = (long) content.length;
  }

  private static long far(SplittableRandom random) {
    return (extreme(random) & 0xffffffffL) | 1L << 31;
  }
}
