package verydeep.data;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory, of a length that its reader does not know, since TwelveMonkeys' readers refuse
 * images of one color that are much larger than their files. It remembers whether a reader wanted
 * more bytes than there are, which means that it is truncated.
 */
final class MemoryStream extends ImageInputStreamImpl {
  /** Some decoders take what is missing for zeros, and go on without end. */
  private static final int MOST_PAST = 1 << 12;

  private final byte[] data;
  private final int size;
  private int past;

  MemoryStream(byte[] data, int size) {
    this.data = data;
    this.size = size;
  }

  boolean exhausted() {
    return past > 0;
  }

  private void goPast() throws IOException {
    past++;
    if (past > MOST_PAST) {
      throw new IOException("It ends too early.");
    }
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    if (streamPos >= size) {
      goPast();
      return -1;
    }
    return data[(int) streamPos++] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= size) {
      goPast();
      return -1;
    }
    int count = (int) Math.min(length, size - streamPos);
    System.arraycopy(data, (int) streamPos, buffer, offset, count);
    streamPos += count;
    return count;
  }
}
