package verydeep.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import verydeep.internal.files.Malformed;

/**
 * A position in a little-endian file, with an end past which nothing is read. Whatever a file
 * claims about itself is checked here before it is trusted.
 */
final class Cursor {

  /** More than any text or program of a file of weights has. */
  private static final int LONGEST_COPY = 16 << 20;

  private final MappedBytes file;
  private long position;
  private final long end;

  private Cursor(MappedBytes file, long position, long end) {
    this.file = file;
    this.position = position;
    this.end = end;
  }

  /** Maps a whole file. */
  static Cursor map(FileChannel channel) throws IOException {
    MappedBytes file = MappedBytes.of(channel);
    return new Cursor(file, 0, file.size());
  }

  /** Returns a cursor over the remaining bytes of a buffer. */
  static Cursor of(ByteBuffer bytes) {
    return new Cursor(MappedBytes.of(bytes), 0, bytes.remaining());
  }

  /** Returns another cursor over a part of the file, regardless of this cursor's position. */
  Cursor at(long from, long length) throws Malformed {
    if (from < 0 || length < 0 || from > file.size() || length > file.size() - from) {
      throw new Malformed(
          position,
          "The file is cut off or damaged: it refers to "
              + length
              + " bytes at byte "
              + from
              + ", but has only "
              + file.size()
              + " bytes.");
    }
    return new Cursor(file, from, from + length);
  }

  /** Returns another cursor from a byte to the end of the file. */
  Cursor from(long offset) throws Malformed {
    return at(offset, Math.max(0, file.size() - offset));
  }

  /** Returns the next bytes as a separate cursor and moves this one past them. */
  Cursor next(long length) throws Malformed {
    require(length);
    Cursor part = new Cursor(file, position, position + length);
    position += length;
    return part;
  }

  /** Returns the remaining bytes, such as an array's numbers, as a buffer over the file. */
  ByteBuffer buffer() throws Malformed {
    if (!file.isOneRun(position, remaining())) {
      throw malformed(
          "An array has "
              + remaining()
              + " bytes; those of up to "
              + MappedBytes.LONGEST_RUN
              + " can be read.");
    }
    return file.run(position, remaining());
  }

  long position() {
    return position;
  }

  long remaining() {
    return end - position;
  }

  long fileSize() {
    return file.size();
  }

  void skip(long length) throws Malformed {
    require(length);
    position += length;
  }

  int octet() throws Malformed {
    require(1);
    return file.octet(position++) & 0xff;
  }

  int unsigned16() throws Malformed {
    require(2);
    position += 2;
    return file.number16(position - 2) & 0xffff;
  }

  long unsigned32() throws Malformed {
    return signed32() & 0xffffffffL;
  }

  int signed32() throws Malformed {
    require(4);
    position += 4;
    return file.number32(position - 4);
  }

  long signed64() throws Malformed {
    require(8);
    position += 8;
    return file.number64(position - 8);
  }

  byte[] bytes(long length) throws Malformed {
    require(length);
    if (length > LONGEST_COPY) {
      throw malformed("A text has " + length + " bytes.");
    }
    byte[] bytes = new byte[(int) length];
    file.copy(position, bytes);
    position += bytes.length;
    return bytes;
  }

  /** Reads text; invalid UTF-8 becomes replacement characters, which no name contains. */
  String text(long length) throws Malformed {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  /** Reads one character per byte, which loses nothing. */
  String latin(long length) throws Malformed {
    return new String(bytes(length), StandardCharsets.ISO_8859_1);
  }

  String latin() throws Malformed {
    return latin(remaining());
  }

  /** Reads text up to an end mark within a number of bytes, and moves past the mark. */
  String line(char mark, int longest) throws Malformed {
    long at = position;
    while (at < end && at - position <= longest) {
      if (file.octet(at) == mark) {
        String line = text(at - position);
        position++;
        return line;
      }
      at++;
    }
    throw malformed("A name does not end within " + longest + " bytes.");
  }

  void expect(String magic, String what) throws Malformed {
    long at = position;
    if (remaining() < magic.length() || !latin(magic.length()).equals(magic)) {
      throw new Malformed(at, "This is not " + what + ".");
    }
  }

  Malformed malformed(String reason) {
    return new Malformed(position, reason);
  }

  private void require(long length) throws Malformed {
    if (length < 0 || length > remaining()) {
      throw malformed(
          "The file is cut off or damaged: it needs "
              + (length < 0 ? "more than 2^63" : length)
              + " bytes here, but only "
              + remaining()
              + " are left.");
    }
  }
}
