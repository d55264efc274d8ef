package verydeep.internal.images;

import java.util.Arrays;

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
  private static final int PRECISION = 22;
  private static final int HALF = 1 << (PRECISION - 1);

  private byte[] between = new byte[0];
  private byte[] window = new byte[0];
  private int[] sums = new int[0];
  private int[] levels = new int[0];

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
    Axis down = new Axis(height, toHeight, y, windowHeight);
    Axis across = new Axis(width, toWidth, x, windowWidth);
    window = atLeast(window, 3L * windowWidth * windowHeight);
    if (toHeight < height && height - toHeight > 2 * (width - toWidth)) {
      downFirst(rgb, width, down, across);
    } else {
      acrossFirst(rgb, width, down, across);
    }
    return window;
  }

  private void acrossFirst(byte[] rgb, int width, Axis down, Axis across) {
    int top = down.begin();
    int stride = 3 * across.outputs();
    between = atLeast(between, (long) (down.end() - top) * stride);
    for (int row = top; row < down.end(); row++) {
      horizontal(rgb, 3 * row * width, across, between, (row - top) * stride);
    }
    for (int row = 0; row < down.outputs(); row++) {
      int from = (down.first[row] - top) * stride;
      vertical(between, from, stride, down, row, window, row * stride, stride);
    }
  }

  private void downFirst(byte[] rgb, int width, Axis down, Axis across) {
    int left = across.begin();
    int columns = 3 * (across.end() - left);
    between = atLeast(between, (long) down.outputs() * columns);
    for (int row = 0; row < down.outputs(); row++) {
      int from = 3 * (down.first[row] * width + left);
      vertical(rgb, from, 3 * width, down, row, between, row * columns, columns);
    }
    for (int row = 0; row < down.outputs(); row++) {
      int from = row * columns - 3 * left;
      horizontal(between, from, across, window, 3 * row * across.outputs());
    }
  }

  /**
   * Filters a row. Enlarging takes two inputs for a pixel, and shrinking by less than two mostly
   * three: written out, they take two thirds of the loop's time.
   */
  private static void horizontal(byte[] in, int from, Axis axis, byte[] out, int to) {
    int[] weights = axis.weights;
    int[] first = axis.first;
    int[] counts = axis.count;
    int taps = axis.taps;
    for (int i = 0, k = 0, at = to; i < first.length; i++, k += taps, at += 3) {
      int p = from + 3 * first[i];
      int count = counts[i];
      if (count == 3) {
        ofThree(in, p, weights[k], weights[k + 1], weights[k + 2], out, at);
      } else if (count == 2) {
        ofTwo(in, p, weights[k], weights[k + 1], out, at);
      } else {
        ofAny(in, p, weights, k, count, out, at);
      }
    }
  }

  private static void ofTwo(byte[] in, int p, int a, int b, byte[] out, int at) {
    out[at] = clip(HALF + (in[p] & 0xff) * a + (in[p + 3] & 0xff) * b);
    out[at + 1] = clip(HALF + (in[p + 1] & 0xff) * a + (in[p + 4] & 0xff) * b);
    out[at + 2] = clip(HALF + (in[p + 2] & 0xff) * a + (in[p + 5] & 0xff) * b);
  }

  private static void ofThree(byte[] in, int p, int a, int b, int c, byte[] out, int at) {
    int red = (in[p] & 0xff) * a + (in[p + 3] & 0xff) * b + (in[p + 6] & 0xff) * c;
    int green = (in[p + 1] & 0xff) * a + (in[p + 4] & 0xff) * b + (in[p + 7] & 0xff) * c;
    int blue = (in[p + 2] & 0xff) * a + (in[p + 5] & 0xff) * b + (in[p + 8] & 0xff) * c;
    out[at] = clip(HALF + red);
    out[at + 1] = clip(HALF + green);
    out[at + 2] = clip(HALF + blue);
  }

  private static void ofAny(
      byte[] in, int from, int[] weights, int k, int count, byte[] out, int at) {
    int red = HALF;
    int green = HALF;
    int blue = HALF;
    for (int tap = k, p = from; tap < k + count; tap++, p += 3) {
      int weight = weights[tap];
      red += (in[p] & 0xff) * weight;
      green += (in[p + 1] & 0xff) * weight;
      blue += (in[p + 2] & 0xff) * weight;
    }
    out[at] = clip(red);
    out[at + 1] = clip(green);
    out[at + 2] = clip(blue);
  }

  /**
   * Filters vertically, tap by tap over the whole row, which the compiler turns into vector
   * instructions.
   */
  private void vertical(
      byte[] in, int from, int stride, Axis axis, int row, byte[] out, int to, int length) {
    sums = sums.length >= length ? sums : new int[length];
    levels = levels.length >= length ? levels : new int[length];
    Arrays.fill(sums, 0, length, HALF);
    int k = row * axis.taps;
    for (int tap = 0, p = from; tap < axis.count[row]; tap++, p += stride) {
      for (int i = 0; i < length; i++) {
        levels[i] = in[p + i] & 0xff;
      }
      add(sums, levels, axis.weights[k + tap], length);
    }
    for (int i = 0; i < length; i++) {
      out[to + i] = clip(sums[i]);
    }
  }

  private static void add(int[] sums, int[] levels, int weight, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += levels[i] * weight;
    }
  }

  private static byte clip(int fixed) {
    return (byte) Math.min(255, fixed >> PRECISION);
  }

  private static byte[] atLeast(byte[] buffer, long size) {
    return buffer.length >= size ? buffer : new byte[Math.toIntExact(size)];
  }

  /** The filter along one axis for some of its outputs: first input, number of inputs, weights. */
  private static final class Axis {
    final int taps;
    final int[] first;
    final int[] count;
    final int[] weights;

    Axis(int in, int out, int from, int outputs) {
      double scale = (double) in / out;
      double support = Math.max(scale, 1);
      taps = (int) Math.ceil(support) * 2 + 1;
      first = new int[outputs];
      count = new int[outputs];
      weights = new int[Math.multiplyExact(outputs, taps)];
      double[] exact = new double[taps];
      for (int i = 0; i < outputs; i++) {
        double center = (from + i + 0.5) * scale;
        first[i] = Math.max(0, (int) (center - support + 0.5));
        count[i] = Math.min(in, (int) (center + support + 0.5)) - first[i];
        double sum = 0;
        for (int tap = 0; tap < count[i]; tap++) {
          double distance = Math.abs((tap + first[i] - center + 0.5) * (1 / support));
          exact[tap] = Math.max(0, 1 - distance);
          sum += exact[tap];
        }
        for (int tap = 0; tap < count[i]; tap++) {
          weights[i * taps + tap] = (int) (0.5 + exact[tap] / sum * (1 << PRECISION));
        }
      }
    }

    int outputs() {
      return first.length;
    }

    /** Returns the first input that any output needs. */
    int begin() {
      return first[0];
    }

    /** Returns one past the last input that any output needs. */
    int end() {
      return first[outputs() - 1] + count[outputs() - 1];
    }
  }
}
