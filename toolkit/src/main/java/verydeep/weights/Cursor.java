package verydeep.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import verydeep.internal.files.Malformed;

/**
 * A place in a file that is mapped into memory, little-endian, with an end that nothing is read
 * behind. Whatever a file claims of itself is checked here before it is believed.
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
   * The whole of a file of up to 2 GiB, which is protobuf's own limit and four times the largest
   * network of the paper.
   */
  static Cursor map(FileChannel channel) throws IOException, Malformed {
    long size = channel.size();
    if (size > Integer.MAX_VALUE) {
      throw new Malformed(
          0, "the file has " + size + " bytes; above 2 GiB only safetensors files are read");
    }
    return of(channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
  }

  static Cursor of(ByteBuffer bytes) {
    return new Cursor(bytes.slice().order(ByteOrder.LITTLE_ENDIAN), 0, bytes.remaining());
  }

  /** Another cursor over a part of the file, wherever this one stands. */
  Cursor at(long from, long length) throws Malformed {
    if (from < 0 || length < 0 || from > file.limit() || length > file.limit() - from) {
      throw new Malformed(
          position,
          "refers to " + length + " bytes from byte " + from + " on; the file has " + file.limit());
    }
    return new Cursor(file, (int) from, (int) (from + length));
  }

  /** Another cursor from a byte to the end of the file. */
  Cursor from(long offset) throws Malformed {
    return at(offset, Math.max(0, file.limit() - offset));
  }

  /** The next bytes as a cursor of their own; this one then stands behind them. */
  Cursor next(long length) throws Malformed {
    require(length);
    Cursor part = new Cursor(file, position, position + (int) length);
    position += (int) length;
    return part;
  }

  /** What remains, as a buffer over the file. */
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

  /** Text; broken UTF-8 becomes replacement characters, which no name has. */
  String text(long length) throws Malformed {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  /** Text up to an end mark of at most so many bytes, and behind the mark. */
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
    throw malformed("a name does not end within " + longest + " bytes");
  }

  void expect(String magic, String what) throws Malformed {
    int at = position;
    if (remaining() < magic.length()
        || !new String(bytes(magic.length()), StandardCharsets.ISO_8859_1).equals(magic)) {
      throw new Malformed(at, "there should be " + what);
    }
  }

  Malformed malformed(String reason) {
    return new Malformed(position, reason);
  }

  private void require(long length) throws Malformed {
    if (length < 0 || length > remaining()) {
      throw malformed(
          "needs "
              + (length < 0 ? "more than 2^63" : length)
              + " bytes where only "
              + remaining()
              + " are left");
    }
  }
}
