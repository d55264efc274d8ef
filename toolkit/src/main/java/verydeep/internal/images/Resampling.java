package verydeep.internal.images;

/**
 * Pillow's {@code Image.resize(size, BILINEAR)} for 8-bit RGB, bit for bit: a triangle filter that
 * widens when shrinking (antialias), applied along one axis and then the other, each in fixed point
 * with 22 fraction bits and rounded to 8 bits in between.
 *
 * <p>Rows come first, except where the height shrinks by more than twice as much as the width, as
 * in Pillow 13. Before version 13 rows always came first, which differs by a gray level here and
 * there.
 *
 * <p>Only a window of the result is computed, from only the source pixels it needs; it equals the
 * same window of the whole result. An instance keeps its buffers between calls and belongs to one
 * thread.
 */
public final class Resampling {
  /** The most rows and levels between the two filters at a time, so that a cache holds them. */
  private static final int ROWS = 256;

  private static final int LEVELS = 1 << 20;

  private final HorizontalFilter horizontal = new HorizontalFilter();
  private int[][] between = new int[0][];
  private int[][] inputs = new int[0][];
  private int[] levels = new int[0];
  private int[] sums = new int[0];
  private byte[] low = new byte[0];
  private byte[] window = new byte[0];

  /**
   * Computes a window of the resized image.
   *
   * @param rgb interleaved source of {@code width} x {@code height} pixels
   * @param toWidth width of the whole result
   * @param toHeight height of the whole result
   * @param x left edge of the window in the result
   * @param y top edge of the window in the result
   * @return a buffer, valid until the next call, that begins with the window's interleaved pixels
   */
  public byte[] window(
      byte[] rgb,
      int width,
      int height,
      int toWidth,
      int toHeight,
      int x,
      int y,
      int windowWidth,
      int windowHeight) {
    ResamplingAxis down = new ResamplingAxis(height, toHeight, y, windowHeight);
    ResamplingAxis across = new ResamplingAxis(width, toWidth, x, windowWidth);
    window = atLeast(window, 3L * windowWidth * windowHeight);
    if (toHeight < height && height - toHeight > 2 * (width - toWidth)) {
      downFirst(rgb, width, down, across);
    } else {
      acrossFirst(rgb, width, down, across);
    }
    return window;
  }

  private void acrossFirst(byte[] rgb, int width, ResamplingAxis down, ResamplingAxis across) {
    int stride = 3 * across.outputs();
    int most = mostRows(stride);
    sums = atLeast(sums, stride);
    inputs = inputs.length >= down.most() ? inputs : new int[down.most()][];
    for (int row = 0; row < down.outputs(); ) {
      int top = down.first(row);
      int next = row + 1;
      while (next < down.outputs() && down.end(next) - top <= most) {
        next++;
      }
      int rows = down.end(next - 1) - top;
      between = atLeast(between, rows, stride);
      horizontal.rows(rgb, 3 * top * width, 3 * width, rows, across, between);
      for (; row < next; row++) {
        System.arraycopy(between, down.first(row) - top, inputs, 0, down.count(row));
        down.filter(row, inputs, sums, stride);
        narrow(sums, stride, window, row * stride);
      }
    }
  }

  private void downFirst(byte[] rgb, int width, ResamplingAxis down, ResamplingAxis across) {
    int left = across.begin();
    int columns = 3 * (across.end() - left);
    int stride = 3 * across.outputs();
    int most = mostRows(Math.max(columns, stride));
    low = atLeast(low, (long) most * columns);
    between = atLeast(between, most, stride);
    for (int row = 0; row < down.outputs(); row += most) {
      int rows = Math.min(most, down.outputs() - row);
      for (int i = 0; i < rows; i++) {
        int from = 3 * (down.first(row + i) * width + left);
        vertical(rgb, from, 3 * width, down, row + i, columns);
        narrow(sums, columns, low, i * columns);
      }
      horizontal.rows(low, -3 * left, columns, rows, across, between);
      for (int i = 0; i < rows; i++) {
        narrow(between[i], stride, window, (row + i) * stride);
      }
    }
  }

  private static int mostRows(int levels) {
    return Math.max(1, Math.min(ROWS, LEVELS / levels));
  }

  /** Filters vertically into the sums, row by row. */
  private void vertical(byte[] in, int from, int stride, ResamplingAxis axis, int row, int length) {
    sums = atLeast(sums, length);
    levels = atLeast(levels, length);
    ResamplingAxis.begin(sums, length);
    for (int tap = 0, p = from; tap < axis.count(row); tap++, p += stride) {
      for (int i = 0; i < length; i++) {
        levels[i] = in[p + i] & 0xff;
      }
      axis.add(row, tap, levels, sums, length);
    }
    ResamplingAxis.end(sums, length);
  }

  private static void narrow(int[] levels, int length, byte[] out, int to) {
    for (int i = 0; i < length; i++) {
      out[to + i] = (byte) levels[i];
    }
  }

  private static int[] atLeast(int[] buffer, int size) {
    return buffer.length >= size ? buffer : new int[size];
  }

  private static int[][] atLeast(int[][] buffers, int rows, int size) {
    return buffers.length >= rows && buffers[0].length >= size ? buffers : new int[rows][size];
  }

  private static byte[] atLeast(byte[] buffer, long size) {
    return buffer.length >= size ? buffer : new byte[Math.toIntExact(size)];
  }
}
