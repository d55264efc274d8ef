package verydeep.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import verydeep.weights.PickleWriter.View;
import verydeep.weights.ZipWriter.Entry;

/** Hostile files of torch.save: programs, and archives whose directory and entries lie. */
final class HostileTorchZip extends Hostile {

  private static final String FOLDER = "archive/";

  HostileTorchZip() {
    HostilePickles.all()
        .forEach((name, pickle) -> trick(name, r -> archive(pickle.apply(r)).write()));
    entries();
    directory();
    harmless();
  }

  private void entries() {
    trick("deflated entry", r -> entry(r, e -> deflate(e, e.content)));
    trick("zip bomb", r -> entry(r, e -> deflate(e, new byte[r.nextInt(1, 1 << 22)])));
    trick("unknown method", r -> entry(r, e -> e.method = r.nextInt(1, 65_536)));
    trick("encrypted entry", r -> entry(r, e -> e.flags = 1));
    trick("size of an entry", r -> entry(r, e -> e.listedSize = far(r)));
    trick("size of a stored entry", r -> entry(r, e -> e.stored = far(r)));
    trick("place of an entry", r -> entry(r, e -> e.listedHeader = far(r)));
    trick("64-bit size", r -> entry(r, e -> wide(e, r)));
    trick("length of more fields", r -> entry(r, e -> e.extraLength = r.nextInt(60_000, 65_536)));
    trick("another name in the directory", r -> entry(r, e -> e.listedName = e.name + "x"));
    trick(
        "path that leads out",
        r -> named(r, any(r, "../../../etc/cron.d/a", "/etc/passwd", "C:\\a", "..")));
    trick("entry twice", r -> twice(r));
    trick("entries that overlap", r -> overlapping(r));
    trick("two programs", r -> more("other/data.pkl", new byte[] {'N', '.'}));
    trick("no program", r -> without("data.pkl"));
    trick("storage that is missing", r -> without("data/" + r.nextInt(20)));
    trick("storage that is cut", r -> entry(r, e -> e.content = new byte[r.nextInt(4)]));
    trick("big-endian", r -> more(FOLDER + "byteorder", new byte[] {'b', 'i', 'g'}));
    trick("long byte order", r -> more(FOLDER + "byteorder", new byte[r.nextInt(7, 1 << 20)]));
  }

  private void directory() {
    trick("many entries", r -> many(r.nextInt(10_001, 30_000)));
    trick("length of the directory", r -> with(z -> z.directorySize = far(r)));
    trick("place of the directory", r -> with(z -> z.directoryBegin = far(r)));
    trick("several parts", r -> with(z -> z.parts = r.nextInt(1, 65_535)));
    trick("length of the comment", r -> with(z -> z.commentLength = r.nextInt(1, 65_536)));
    trick("another end in the comment", r -> with(z -> z.comment = end(r)));
    trick("64-bit end", r -> with(z -> wideEnd(z, r)));
    trick("cut", r -> Arrays.copyOf(plain(), r.nextInt(16, plain().length)));
    trick(
        "bytes behind the end", r -> Arrays.copyOf(plain(), plain().length + r.nextInt(1, 99_999)));
  }

  private void harmless() {
    trick(HARMLESS + "comment", r -> with(z -> z.comment = new byte[r.nextInt(65_536)]));
    trick(HARMLESS + "other entries", r -> more(FOLDER + "x", new byte[r.nextInt(1 << 20)]));
    trick(HARMLESS + "more fields", r -> entry(r, e -> e.extra = new byte[r.nextInt(60_000)]));
  }

  @Override
  byte[] plain() {
    return plainArchive().write();
  }

  /** Returns an archive with another program. */
  byte[] around(byte[] program) {
    return archive(program).write();
  }

  private static ZipWriter plainArchive() {
    return archive(PickleWriter.program(new byte[0], PickleWriter.views()));
  }

  private static ZipWriter archive(byte[] program) {
    ZipWriter zip = new ZipWriter();
    zip.add(FOLDER + "data.pkl", program);
    for (View view : PickleWriter.views()) {
      zip.add(FOLDER + "data/" + view.key(), new byte[(int) (4 * view.numbers())]);
    }
    return zip;
  }

  /** Changes an archive. */
  private interface Change {
    void to(ZipWriter zip);
  }

  /** Changes an entry. */
  private interface EntryChange {
    void to(Entry entry);
  }

  private static byte[] with(Change change) {
    ZipWriter zip = plainArchive();
    change.to(zip);
    return zip.write();
  }

  private static byte[] entry(SplittableRandom random, EntryChange change) {
    return with(zip -> change.to(zip.entries.get(random.nextInt(zip.entries.size()))));
  }

  private static byte[] more(String name, byte[] content) {
    return with(zip -> zip.add(name, content));
  }

  private static byte[] without(String name) {
    return with(zip -> zip.entries.removeIf(entry -> entry.name.equals(FOLDER + name)));
  }

  /** A storage whose name leads out of the archive. */
  private static byte[] named(SplittableRandom random, String name) {
    return with(
        zip -> {
          Entry old = zip.entries.remove(random.nextInt(1, zip.entries.size()));
          zip.add(name, old.content);
        });
  }

  private static byte[] twice(SplittableRandom random) {
    return with(
        zip -> {
          Entry entry = zip.entries.get(random.nextInt(zip.entries.size()));
          zip.add(entry.name, entry.content);
        });
  }

  /** Many entries of one content, as in the bombs that need no recursion. */
  private static byte[] overlapping(SplittableRandom random) {
    return with(
        zip -> {
          Entry last = zip.entries.get(zip.entries.size() - 1);
          for (int i = random.nextInt(1, 5000); i > 0; i--) {
            Entry again = new Entry(last.name, last.content);
            again.listedName = last.name + "/" + i;
            again.listedOnly = true;
            zip.entries.add(again);
          }
        });
  }

  private static byte[] many(int count) {
    return with(
        zip -> {
          for (int i = 0; i < count; i++) {
            zip.add("e" + i, new byte[0]);
          }
        });
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

  /** Says that the size stands in a 64-bit field, which lies. */
  private static void wide(Entry entry, SplittableRandom random) {
    entry.listedSize = 0xffffffffL;
    entry.extra = new Octets().u16(1).u16(16).u64(far(random)).u64(far(random)).toBytes();
  }

  private static void wideEnd(ZipWriter zip, SplittableRandom random) {
    zip.count = 0xffffL;
    zip.directorySize = 0xffffffffL;
    zip.directoryBegin = 0xffffffffL;
    zip.beforeEnd =
        new Octets()
            .text("PK")
            .put(6, 6)
            .u64(44)
            .zeros(12)
            .u64(extreme(random))
            .u64(extreme(random))
            .u64(extreme(random))
            .u64(extreme(random))
            .text("PK")
            .put(6, 7)
            .u32(0)
            .u64(extreme(random))
            .u32(1)
            .toBytes();
  }

  private static byte[] end(SplittableRandom random) {
    return new Octets()
        .text("PK")
        .put(5, 6)
        .zeros(8)
        .u32(random.nextInt())
        .u32(random.nextInt())
        .u16(0)
        .toBytes();
  }

  private static long far(SplittableRandom random) {
    long number = extreme(random) & 0xffffffffL;
    return number < 1 << 20 ? number + (1L << 31) : number;
  }
}
