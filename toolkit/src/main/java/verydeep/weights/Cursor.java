package verydeep.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import verydeep.internal.files.Malformed;

/**
 * A position in a little-endian file mapped into memory, with an end past which nothing is read.
 * Whatever a file claims about itself is checked here before it is trusted.
 */
final class Cursor {

  private final ByteBuffer file;
  private int position;
  private final int end;

  private Cursor(ByteBuffer file, int position, int end) {
    this.file = file;
    this.position = position;
    this.end = end;
  }

  /**
   * Maps a whole file of up to 2 GiB, which is protobuf's own limit and four times the size of the
   * paper's largest network.
   */
  static Cursor map(FileChannel channel) throws IOException, Malformed {
    long size = channel.size();
    if (size > Integer.MAX_VALUE) {
      throw new Malformed(
          0,
          "The file has "
              + size
              + " bytes; of files above 2 GiB only safetensors files can be read.");
    }
    return of(channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
  }

  static Cursor of(ByteBuffer bytes) {
    return new Cursor(bytes.slice().order(ByteOrder.LITTLE_ENDIAN), 0, bytes.remaining());
  }

  /** Returns another cursor over a part of the file, regardless of this cursor's position. */
  Cursor at(long from, long length) throws Malformed {
    if (from < 0 || length < 0 || from > file.limit() || length > file.limit() - from) {
      throw new Malformed(
          position,
          "The file refers to "
              + length
              + " bytes at byte "
              + from
              + ", but has only "
              + file.limit()
              + " bytes.");
    }
    return new Cursor(file, (int) from, (int) (from + length));
  }

  /** Returns another cursor from a byte to the end of the file. */
  Cursor from(long offset) throws Malformed {
    return at(offset, Math.max(0, file.limit() - offset));
  }

  /** Returns the next bytes as a separate cursor and moves this one past them. */
  Cursor next(long length) throws Malformed {
    require(length);
    Cursor part = new Cursor(file, position, position + (int) length);
    position += (int) length;
    return part;
  }

  /** Returns the remaining bytes as a buffer over the file. */
  ByteBuffer buffer() {
    return file.slice(position, end - position).order(ByteOrder.LITTLE_ENDIAN);
  }

  int position() {
    return position;
  }

  int remaining() {
    return end - position;
  }

  long fileSize() {
    return file.limit();
  }

  void skip(long length) throws Malformed {
    require(length);
    position += (int) length;
  }

  int octet() throws Malformed {
    require(1);
    return file.get(position++) & 0xff;
  }

  int unsigned16() throws Malformed {
    require(2);
    position += 2;
    return file.getShort(position - 2) & 0xffff;
  }

  long unsigned32() throws Malformed {
    return signed32() & 0xffffffffL;
  }

  int signed32() throws Malformed {
    require(4);
    position += 4;
    return file.getInt(position - 4);
  }

  long signed64() throws Malformed {
    require(8);
    position += 8;
    return file.getLong(position - 8);
  }

  byte[] bytes(long length) throws Malformed {
    require(length);
    byte[] bytes = new byte[(int) length];
    file.get(position, bytes);
    position += bytes.length;
    return bytes;
  }

  /** Reads text; invalid UTF-8 becomes replacement characters, which no name contains. */
  String text(long length) throws Malformed {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  /** Reads text up to an end mark within a number of bytes, and moves past the mark. */
  String line(char mark, int longest) throws Malformed {
    int at = position;
    while (at < end && at - position <= longest) {
      if (file.get(at) == mark) {
        String line = text(at - position);
        position++;
        return line;
      }
      at++;
    }
    throw malformed("A name does not end within " + longest + " bytes.");
  }

  void expect(String magic, String what) throws Malformed {
    int at = position;
    if (remaining() < magic.length()
        || !new String(bytes(magic.length()), StandardCharsets.ISO_8859_1).equals(magic)) {
      throw new Malformed(at, "This is not " + what + ".");
    }
  }

  Malformed malformed(String reason) {
    return new Malformed(position, reason);
  }

  private void require(long length) throws Malformed {
    if (length < 0 || length > remaining()) {
      throw malformed(
          "The file needs "
              + (length < 0 ? "more than 2^63" : length)
              + " bytes here, but only "
              + remaining()
              + " are left.");
    }
  }
}
