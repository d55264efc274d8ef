package verydeep.weights;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import verydeep.internal.files.Malformed;

/**
 * Deflated bytes made long again on the heap. Weights hardly shrink, so that what claims to grow by
 * a large factor is a bomb, and is refused before anything is allocated for it.
 */
final class Inflation {

  /** Above this, an entry may grow by {@link #MOST_TIMES} only. */
  private static final long SMALL = 1 << 20;

  private static final int MOST_TIMES = 20;
  private static final int AT_A_TIME = 1 << 16;

  private Inflation() {}

  /** Checks a length that an entry states. */
  static void check(Cursor deflated, long length) throws Malformed {
    long most = Math.max(SMALL, MOST_TIMES * deflated.remaining());
    if (length < 0 || length > Math.min(most, MappedBytes.LONGEST_RUN)) {
      throw deflated.malformed(
          deflated.remaining()
              + " compressed bytes claim to become "
              + length
              + ", which weights never do.");
    }
    if (length > Runtime.getRuntime().maxMemory() / 2) {
      throw deflated.malformed(
          "The numbers are compressed, and take "
              + (length >> 20)
              + " MiB of memory to read. Give the JVM more (-Xmx), or save the file uncompressed.");
    }
  }

  /** Inflates all bytes without keeping them, so that later uses cannot fail. */
  static void verify(Cursor deflated, long length) throws Malformed {
    check(deflated, length);
    byte[] part = new byte[(int) Math.min(AT_A_TIME, length)];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated.buffer());
      for (long done = 0; done < length; ) {
        done += fill(inflater, part, (int) Math.min(part.length, length - done), deflated);
      }
    } finally {
      inflater.end();
    }
  }

  /**
   * Inflates at most some bytes.
   *
   * @param deflated the compressed bytes
   * @param length how many bytes are wanted, at most what {@link #check} accepts
   * @param zlib whether the stream has zlib's header, as MATLAB's; otherwise it is raw, as zip's
   * @return the bytes, as many as wanted
   */
  static ByteBuffer inflate(Cursor deflated, long length, boolean zlib) throws Malformed {
    byte[] bytes = new byte[(int) length];
    Inflater inflater = new Inflater(!zlib);
    try {
      inflater.setInput(deflated.buffer());
      fill(inflater, bytes, bytes.length, deflated);
    } finally {
      inflater.end();
    }
    return ByteBuffer.wrap(bytes);
  }

  private static int fill(Inflater inflater, byte[] bytes, int length, Cursor deflated)
      throws Malformed {
    int filled = 0;
    try {
      while (filled < length) {
        int more = inflater.inflate(bytes, filled, length - filled);
        if (more == 0) {
          throw deflated.malformed("The compressed data end too early.");
        }
        filled += more;
      }
    } catch (DataFormatException e) {
      throw deflated.malformed("The compressed data are damaged.");
    }
    return filled;
  }
}
