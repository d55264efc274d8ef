package verydeep.data;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory that remembers whether a reader wanted more bytes than there are, which means
 * that it is truncated.
 */
final class MemoryStream extends ImageInputStreamImpl {
  private final byte[] data;
  private final int size;
  private boolean exhausted;

  MemoryStream(byte[] data, int size) {
    this.data = data;
    this.size = size;
  }

  boolean exhausted() {
    return exhausted;
  }

  @Override
  public int read() {
    bitOffset = 0;
    if (streamPos >= size) {
      exhausted = true;
      return -1;
    }
    return data[(int) streamPos++] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= size) {
      exhausted = true;
      return -1;
    }
    int count = (int) Math.min(length, size - streamPos);
    System.arraycopy(data, (int) streamPos, buffer, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return size;
  }
}
