package verydeep.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.internal.files.Malformed;

/**
 * The entries of a zip archive that are stored uncompressed, as parts of the mapped file.
 * Compressed or encrypted entries, multi-part archives, and overlapping entries are rejected.
 *
 * <p>java.util.zip is not used because it returns streams, not positions in the file, and lets
 * entries overlap.
 */
final class StoredZip {

  /** The first bytes of a zip archive with entries. */
  static final byte[] MAGIC = {'P', 'K', 3, 4};

  private static final String END = "PK\5\6";
  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int MOST_ENTRIES = 10_000;
  private static final int ENCRYPTED = 1;

  private StoredZip() {}

  /** An entry as listed in the directory at the archive's end. */
  private record Entry(String name, long size, long header, int listed) {}

  /** Returns the entries by name, in the order of the directory, each a part of the file. */
  static Map<String, Cursor> entries(Cursor file) throws Malformed {
    Cursor directory = directory(file);
    long end = directory.position();
    Map<String, Cursor> entries = new LinkedHashMap<>();
    List<long[]> places = new ArrayList<>();
    while (directory.remaining() > 0) {
      Entry entry = entry(directory);
      Cursor content = content(file.from(entry.header()), entry);
      places.add(new long[] {entry.header(), content.position() + entry.size()});
      if (entries.put(entry.name(), content) != null || entries.size() > MOST_ENTRIES) {
        throw new Malformed(
            entry.listed(),
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
        Math.max(0, size - END_LENGTH), "The zip archive has no directory at its end.");
  }

  private static Cursor directory(Cursor file, Cursor end, long at) throws Malformed {
    long parts = end.unsigned32(); // two numbers of 16 bits
    int here = end.unsigned16();
    int all = end.unsigned16();
    long length = end.unsigned32();
    long begin = end.unsigned32();
    int comment = end.unsigned16();
    if (parts != 0 || here != all || comment != end.remaining() || begin + length > at) {
      throw new Malformed(at, "The zip archive has several parts or a damaged end.");
    }
    return file.at(begin, length);
  }

  private static Entry entry(Cursor directory) throws Malformed {
    int listed = directory.position();
    directory.expect("PK\1\2", "an entry of the zip archive's directory");
    directory.skip(4); // versions
    int flags = directory.unsigned16();
    int method = directory.unsigned16();
    directory.skip(8); // time and checksum
    long stored = directory.unsigned32();
    long size = directory.unsigned32();
    int nameLength = directory.unsigned16();
    int extra = directory.unsigned16();
    int comment = directory.unsigned16();
    directory.skip(8); // part and attributes
    long header = directory.unsigned32();
    String name = directory.text(nameLength);
    directory.skip(extra + comment);
    if (method != 0 || stored != size || (flags & ENCRYPTED) != 0) {
      throw new Malformed(
          listed,
          "Entry \"" + name + "\" is compressed or encrypted; torch.save only stores entries.");
    }
    return new Entry(name, size, header, listed);
  }

  private static Cursor content(Cursor local, Entry entry) throws Malformed {
    local.expect("PK\3\4", "the header of entry \"" + entry.name() + "\"");
    local.skip(4); // version and flags
    int method = local.unsigned16();
    local.skip(16); // time, checksum and sizes, which may follow the entry
    int nameLength = local.unsigned16();
    int more = local.unsigned16();
    if (method != 0 || !local.text(nameLength).equals(entry.name())) {
      throw local.malformed(
          "The header of entry \"" + entry.name() + "\" contradicts the directory.");
    }
    local.skip(more);
    return local.next(entry.size());
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
