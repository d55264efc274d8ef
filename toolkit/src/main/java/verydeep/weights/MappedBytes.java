package verydeep.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The bytes of a file of any size, mapped into memory, little-endian. A buffer of the JDK ends at 2
 * GiB, so the file is mapped in windows of 2 GiB that begin every GiB: each run of up to 1 GiB lies
 * in one of them as a whole.
 */
final class MappedBytes {

  /** The longest run of bytes that is certain to lie in one window. */
  static final int LONGEST_RUN = 1 << 30;

  private static final int SHIFT = 30;

  private final List<ByteBuffer> windows;
  private final long size;

  private MappedBytes(List<ByteBuffer> windows, long size) {
    this.windows = windows;
    this.size = size;
  }

  static MappedBytes of(FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer[] windows = new ByteBuffer[(int) Math.max(1, (size + LONGEST_RUN - 1) >> SHIFT)];
    for (int i = 0; i < windows.length; i++) {
      long begin = (long) i << SHIFT;
      long length = Math.min(Integer.MAX_VALUE, size - begin);
      windows[i] = ordered(channel.map(FileChannel.MapMode.READ_ONLY, begin, length));
    }
    return new MappedBytes(List.of(windows), size);
  }

  /** Returns the remaining bytes of a buffer of at most 1 GiB, which are not copied. */
  static MappedBytes of(ByteBuffer bytes) {
    List<ByteBuffer> windows =
        LongStream.rangeClosed(0, Math.max(0, bytes.remaining() - 1) >> SHIFT)
            .mapToObj(
                i ->
                    ordered(
                        bytes.slice((int) (i << SHIFT), bytes.remaining() - (int) (i << SHIFT))))
            .toList();
    return new MappedBytes(windows, bytes.remaining());
  }

  private static ByteBuffer ordered(ByteBuffer bytes) {
    return bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  long size() {
    return size;
  }

  byte octet(long at) {
    return window(at).get(within(at));
  }

  short number16(long at) {
    return window(at).getShort(within(at));
  }

  int number32(long at) {
    return window(at).getInt(within(at));
  }

  long number64(long at) {
    return window(at).getLong(within(at));
  }

  void copy(long at, byte[] target) {
    window(at).get(within(at), target);
  }

  /** Returns whether a run of bytes lies in one window, as each of up to 1 GiB does. */
  boolean isOneRun(long at, long length) {
    return within(at) + length <= window(at).limit();
  }

  /** Returns a run of bytes in place. */
  ByteBuffer run(long at, long length) {
    return ordered(window(at).slice(within(at), (int) length));
  }

  private ByteBuffer window(long at) {
    return windows.get((int) Math.min(at >> SHIFT, windows.size() - 1));
  }

  /** Returns a byte's place in its window; the file's end belongs to the last one. */
  private int within(long at) {
    return (int) (at - (Math.min(at >> SHIFT, windows.size() - 1) << SHIFT));
  }
}
