package verydeep.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.internal.files.Malformed;

/**
 * The entries of a zip archive, as parts of the mapped file, also of archives with 64-bit sizes.
 * Encrypted entries, multi-part archives, and overlapping entries are rejected.
 *
 * <p>java.util.zip is not used because it returns streams, not positions in the file, and lets
 * entries overlap.
 */
final class ZipArchive {

  /** The first bytes of a zip archive with entries. */
  static final byte[] MAGIC = {'P', 'K', 3, 4};

  private static final String END = "PK\5\6";
  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int MOST_ENTRIES = 10_000;
  private static final int ENCRYPTED = 1;
  private static final int DEFLATED = 8;

  /** A 32-bit number that says that a 64-bit one stands elsewhere. */
  private static final long ELSEWHERE = 0xffffffffL;

  private static final int LOCATOR_LENGTH = 20;

  private ZipArchive() {}

  /** An entry as listed in the directory at the archive's end. */
  private record Listed(
      String name, int method, long stored, long size, long header, long offset) {}

  /** Returns the entries by name, in the order of the directory, each a part of the file. */
  static Map<String, ZipEntry> entries(Cursor file) throws Malformed {
    Cursor directory = directory(file);
    long end = directory.position();
    Map<String, ZipEntry> entries = new LinkedHashMap<>();
    List<long[]> places = new ArrayList<>();
    while (directory.remaining() > 0) {
      Listed entry = entry(directory);
      Cursor content = content(file.from(entry.header()), entry);
      places.add(new long[] {entry.header(), content.position() + entry.stored()});
      ZipEntry read = new ZipEntry(entry.name(), content, entry.method() == DEFLATED, entry.size());
      if (entries.put(entry.name(), read) != null || entries.size() > MOST_ENTRIES) {
        throw new Malformed(
            entry.offset(),
            "Entry \""
                + entry.name()
                + "\" appears twice or is one of more than "
                + MOST_ENTRIES
                + ".");
      }
    }
    refuseOverlaps(places, end);
    return entries;
  }

  private static Cursor directory(Cursor file) throws Malformed {
    long size = file.fileSize();
    long last = Math.max(0, size - END_LENGTH - LONGEST_COMMENT);
    for (long at = size - END_LENGTH; at >= last; at--) {
      Cursor end = file.from(at);
      if (end.octet() != 'P') {
        continue;
      }
      end = file.from(at);
      if (END.equals(end.text(4))) {
        return directory(file, end, at);
      }
    }
    throw new Malformed(
        Math.max(0, size - END_LENGTH),
        "The zip archive has no directory at its end, as after an incomplete download or copy: of"
            + " the whole file, only the first "
            + size
            + " bytes are here.");
  }

  private static Cursor directory(Cursor file, Cursor end, long at) throws Malformed {
    long parts = end.unsigned32(); // two numbers of 16 bits
    int here = end.unsigned16();
    int all = end.unsigned16();
    long length = end.unsigned32();
    long begin = end.unsigned32();
    int comment = end.unsigned16();
    if (length == ELSEWHERE || begin == ELSEWHERE || all == 0xffff) {
      return largeDirectory(file, at);
    }
    if (parts != 0 || here != all || comment != end.remaining() || begin + length > at) {
      throw new Malformed(at, "The zip archive has several parts or a damaged end.");
    }
    return file.at(begin, length);
  }

  /** Returns the directory of an archive of more than 4 GiB, whose place has 64 bits. */
  private static Cursor largeDirectory(Cursor file, long end) throws Malformed {
    Cursor locator = file.at(end - LOCATOR_LENGTH, LOCATOR_LENGTH);
    locator.expect("PK\6\7", "the 64-bit end of a zip archive");
    locator.skip(4); // part
    long place = locator.signed64();
    Cursor large = file.from(place);
    large.expect("PK\6\6", "the 64-bit end of a zip archive");
    large.skip(20); // size, versions, parts
    long here = large.signed64();
    long all = large.signed64();
    long length = large.signed64();
    long begin = large.signed64();
    if (here != all || length < 0 || begin < 0 || begin > place || length > place - begin) {
      throw new Malformed(place, "The zip archive has several parts or a damaged end.");
    }
    return file.at(begin, length);
  }

  private static Listed entry(Cursor directory) throws Malformed {
    long offset = directory.position();
    directory.expect("PK\1\2", "an entry of the zip archive's directory");
    directory.skip(4); // versions
    int flags = directory.unsigned16();
    int method = directory.unsigned16();
    directory.skip(8); // time and checksum
    long stored = directory.unsigned32();
    long size = directory.unsigned32();
    int nameLength = directory.unsigned16();
    int extraLength = directory.unsigned16();
    int comment = directory.unsigned16();
    directory.skip(8); // part and attributes
    long header = directory.unsigned32();
    String name = directory.text(nameLength);
    Cursor extra = directory.next(extraLength);
    directory.skip(comment);
    Cursor wide = wide(extra);
    size = size == ELSEWHERE ? wide.signed64() : size;
    stored = stored == ELSEWHERE ? wide.signed64() : stored;
    header = header == ELSEWHERE ? wide.signed64() : header;
    boolean readable = method == 0 ? stored == size : method == DEFLATED;
    if (!readable || (flags & ENCRYPTED) != 0 || size < 0) {
      throw new Malformed(
          offset,
          "Entry \"" + name + "\" is encrypted or compressed in another way than by deflation.");
    }
    return new Listed(name, method, stored, size, header, offset);
  }

  /** Returns the 64-bit numbers of an entry, which is empty if it has none. */
  private static Cursor wide(Cursor extra) throws Malformed {
    while (extra.remaining() >= 4) {
      int kind = extra.unsigned16();
      int length = extra.unsigned16();
      if (kind == 1) {
        return extra.next(length);
      }
      extra.skip(Math.min(length, extra.remaining()));
    }
    return extra.next(0);
  }

  private static Cursor content(Cursor local, Listed entry) throws Malformed {
    local.expect("PK\3\4", "the header of entry \"" + entry.name() + "\"");
    local.skip(4); // version and flags
    int method = local.unsigned16();
    local.skip(16); // time, checksum and sizes, which may follow the entry
    int nameLength = local.unsigned16();
    int more = local.unsigned16();
    if (method != entry.method() || !local.text(nameLength).equals(entry.name())) {
      throw local.malformed(
          "The header of entry \"" + entry.name() + "\" contradicts the directory.");
    }
    local.skip(more);
    return local.next(entry.stored());
  }

  private static void refuseOverlaps(List<long[]> places, long end) throws Malformed {
    places.sort(Comparator.comparingLong(place -> place[0]));
    for (int i = 0; i < places.size(); i++) {
      long next = i + 1 < places.size() ? places.get(i + 1)[0] : end;
      if (places.get(i)[1] > next) {
        throw new Malformed(
            places.get(i)[0], "This entry of the zip archive overlaps the next one.");
      }
    }
  }
}
