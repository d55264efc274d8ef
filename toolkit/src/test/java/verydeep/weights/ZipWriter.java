package verydeep.weights;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Writes a zip archive entry by entry, with what each says of itself, true or not. */
final class ZipWriter {

  /** An entry: what its own header and the directory at the end say may differ. */
  static final class Entry {
    final String name;
    byte[] content;
    int method;
    int flags;
    String listedName;
    Long listedSize;
    Long listedHeader;
    Long stored;
    byte[] extra = new byte[0];
    int extraLength = -1;
    boolean listedOnly;

    Entry(String name, byte[] content) {
      this.name = name;
      this.listedName = name;
      this.content = content;
    }
  }

  final List<Entry> entries = new ArrayList<>();
  Long count;
  Long directorySize;
  Long directoryBegin;
  int parts;
  byte[] comment = new byte[0];
  int commentLength = -1;

  /** Stands between the directory and the archive's end: a 64-bit end, for one. */
  byte[] beforeEnd = new byte[0];

  void add(String name, byte[] content) {
    entries.add(new Entry(name, content));
  }

  byte[] write() {
    Octets file = new Octets();
    Octets directory = new Octets();
    long header = 0;
    for (Entry entry : entries) {
      if (!entry.listedOnly) {
        header = file.size();
        local(file, entry);
      }
      listed(directory, entry, header);
    }
    long begin = file.size();
    file.all(directory).all(beforeEnd).text("PK").put(5, 6).u16(parts).u16(parts);
    long all = count == null ? entries.size() : count;
    file.u16(all).u16(all);
    file.u32(directorySize == null ? directory.size() : directorySize);
    file.u32(directoryBegin == null ? begin : directoryBegin);
    file.u16(commentLength < 0 ? comment.length : commentLength).all(comment);
    return file.toBytes();
  }

  private static void local(Octets file, Entry entry) {
    byte[] name = entry.name.getBytes(StandardCharsets.UTF_8);
    file.text("PK").put(3, 4).u16(20).u16(entry.flags).u16(entry.method).u32(0);
    file.u32(crc(entry.content)).u32(entry.content.length).u32(entry.content.length);
    file.u16(name.length);
    file.u16(entry.extraLength < 0 ? entry.extra.length : entry.extraLength);
    file.all(name).all(entry.extra).all(entry.content);
  }

  private static void listed(Octets directory, Entry entry, long header) {
    byte[] name = entry.listedName.getBytes(StandardCharsets.UTF_8);
    long size = entry.listedSize == null ? entry.content.length : entry.listedSize;
    directory.text("PK").put(1, 2).u16(20).u16(20).u16(entry.flags).u16(entry.method).u32(0);
    directory.u32(crc(entry.content)).u32(entry.stored == null ? size : entry.stored).u32(size);
    directory.u16(name.length).u16(entry.extra.length).u16(0).u16(0).u16(0).u32(0);
    directory.u32(entry.listedHeader == null ? header : entry.listedHeader);
    directory.all(name).all(entry.extra);
  }

  private static long crc(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return crc.getValue();
  }
}
