package verydeep.data;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Decodes the LZW codes of a GIF's frame. */
final class Lzw {

  private static final int MOST_CODES = 1 << 12;
  private static final int NONE = -1;

  private final ByteBuffer file;
  private final int[] before = new int[MOST_CODES];
  private final byte[] last = new byte[MOST_CODES];
  private final byte[] first = new byte[MOST_CODES];
  private final int[] lengths = new int[MOST_CODES];
  private int bits;
  private int bitCount;
  private int blockLeft;

  /** Begins at the size of the codes. */
  Lzw(ByteBuffer file) {
    this.file = file;
  }

  /**
   * Returns the colors of a frame.
   *
   * @param count the number of pixels; codes for more are not read
   * @throws IOException if there are fewer, or a code is wrong
   */
  byte[] decode(int count) throws IOException {
    int colorBits = octet();
    if (colorBits < 1 || colorBits > 11) {
      throw new IOException("Its colors have %d bits.".formatted(colorBits));
    }
    int clear = 1 << colorBits;
    int next = clear + 2;
    int width = colorBits + 1;
    int previous = NONE;
    byte[] out = new byte[count];
    int at = 0;
    for (int i = 0; i < clear; i++) {
      first[i] = last[i] = (byte) i;
      lengths[i] = 1;
    }
    while (at < count) {
      int code = code(width);
      if (code == clear) {
        next = clear + 2;
        width = colorBits + 1;
        previous = NONE;
        continue;
      }
      boolean isNew = code == next && previous != NONE && next < MOST_CODES;
      if (code == clear + 1 || (code >= next && !isNew)) {
        throw new IOException("The codes of its first frame end or are wrong at pixel " + at + ".");
      }
      if (previous != NONE && next < MOST_CODES) {
        before[next] = previous;
        first[next] = first[previous];
        last[next] = first[isNew ? previous : code];
        lengths[next] = lengths[previous] + 1;
        next++;
        if (next == 1 << width && width < 12) {
          width++;
        }
      }
      at = write(code, out, at);
      previous = code;
    }
    return out;
  }

  /** Writes the string of a code, as far as there is room, and returns where it ends. */
  private int write(int code, byte[] out, int at) {
    int end = at + lengths[code];
    int from = code;
    for (int i = end - 1; i >= at; i--) {
      if (i < out.length) {
        out[i] = last[from];
      }
      from = before[from];
    }
    return end;
  }

  private int code(int width) throws IOException {
    while (bitCount < width) {
      bits |= data() << bitCount;
      bitCount += 8;
    }
    int code = bits & ((1 << width) - 1);
    bits >>>= width;
    bitCount -= width;
    return code;
  }

  private int data() throws IOException {
    if (blockLeft == 0) {
      blockLeft = octet();
      if (blockLeft == 0) {
        throw new IOException("Its first frame has too few pixels.");
      }
    }
    blockLeft--;
    return octet();
  }

  private int octet() throws IOException {
    if (!file.hasRemaining()) {
      throw EncodedImage.truncated(file.limit());
    }
    return file.get() & 0xff;
  }
}
