package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The products of the layer that reads the image: its windows of three channels are read where they
 * are, without a copy. A vector holds outputs; the numbers of an image are broadcast.
 */
final class ImageKernel {

  /** The channels of an image, which are the distance between its pixels. */
  static final int CHANNELS = 3;

  /** The pixels of a row that are computed together with one vector of outputs. */
  static final int PIXELS = 12;

  /** How many numbers past the end of the last image may be read. */
  static final int PAST = PIXELS * CHANNELS;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = GemmKernel.LANES;
  private static final int COLUMNS = GemmKernel.COLUMNS;
  private static final boolean NARROW = LANES < 16;

  private ImageKernel() {}

  /**
   * Returns how far the numbers of a window are from its first.
   *
   * @param row the distance between rows of the image
   * @param kernel the window's rows and columns
   */
  static int[] offsets(int row, int kernel) {
    int taps = kernel * CHANNELS;
    int[] offsets = new int[kernel * taps];
    for (int k = 0; k < offsets.length; k++) {
      offsets[k] = k / taps * row + k % taps;
    }
    return offsets;
  }

  /**
   * Sums the windows of {@link #PIXELS} neighboring pixels. Each sum begins at zero and takes the
   * numbers in the order of the window.
   *
   * @param x the image
   * @param at the first window's first number
   * @param offsets from {@link #offsets}
   * @param u the weights, {@link GemmKernel#COLUMNS} from number to number
   * @param uAt the first of them
   * @param m receives the sums, {@link GemmKernel#COLUMNS} from pixel to pixel
   * @param mAt the first of them
   * @param columns the outputs that are used, from {@link GemmKernel#used}
   */
  static void sums(
      float[] x, int at, int[] offsets, float[] u, int uAt, float[] m, int mAt, int columns) {
    if (NARROW || columns < COLUMNS) {
      for (int c = 0; c < columns; c += LANES) {
        twelve(x, at, offsets, u, uAt + c, m, mAt + c);
      }
    } else {
      six(x, at, offsets, u, uAt, m, mAt);
      six(x, at + 6 * CHANNELS, offsets, u, uAt, m, mAt + 6 * COLUMNS);
    }
  }

  /** Sums the windows of 6 pixels for two vectors of outputs. */
  private static void six(
      float[] x, int at, int[] offsets, float[] u, int uAt, float[] m, int mAt) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector a0 = zero;
    FloatVector a1 = zero;
    FloatVector b0 = zero;
    FloatVector b1 = zero;
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    FloatVector d0 = zero;
    FloatVector d1 = zero;
    FloatVector e0 = zero;
    FloatVector e1 = zero;
    FloatVector f0 = zero;
    FloatVector f1 = zero;
    for (int k = 0; k < offsets.length; k++) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, u, uAt + k * COLUMNS);
      FloatVector w1 = FloatVector.fromArray(SPECIES, u, uAt + k * COLUMNS + LANES);
      int from = at + offsets[k];
      FloatVector x0 = FloatVector.broadcast(SPECIES, x[from]);
      a0 = x0.fma(w0, a0);
      a1 = x0.fma(w1, a1);
      x0 = FloatVector.broadcast(SPECIES, x[from + CHANNELS]);
      b0 = x0.fma(w0, b0);
      b1 = x0.fma(w1, b1);
      x0 = FloatVector.broadcast(SPECIES, x[from + 2 * CHANNELS]);
      c0 = x0.fma(w0, c0);
      c1 = x0.fma(w1, c1);
      x0 = FloatVector.broadcast(SPECIES, x[from + 3 * CHANNELS]);
      d0 = x0.fma(w0, d0);
      d1 = x0.fma(w1, d1);
      x0 = FloatVector.broadcast(SPECIES, x[from + 4 * CHANNELS]);
      e0 = x0.fma(w0, e0);
      e1 = x0.fma(w1, e1);
      x0 = FloatVector.broadcast(SPECIES, x[from + 5 * CHANNELS]);
      f0 = x0.fma(w0, f0);
      f1 = x0.fma(w1, f1);
    }
    a0.intoArray(m, mAt);
    a1.intoArray(m, mAt + LANES);
    b0.intoArray(m, mAt + COLUMNS);
    b1.intoArray(m, mAt + COLUMNS + LANES);
    c0.intoArray(m, mAt + 2 * COLUMNS);
    c1.intoArray(m, mAt + 2 * COLUMNS + LANES);
    d0.intoArray(m, mAt + 3 * COLUMNS);
    d1.intoArray(m, mAt + 3 * COLUMNS + LANES);
    e0.intoArray(m, mAt + 4 * COLUMNS);
    e1.intoArray(m, mAt + 4 * COLUMNS + LANES);
    f0.intoArray(m, mAt + 5 * COLUMNS);
    f1.intoArray(m, mAt + 5 * COLUMNS + LANES);
  }

  /** Sums the windows of 12 pixels for a vector of outputs. */
  private static void twelve(
      float[] x, int at, int[] offsets, float[] u, int uAt, float[] m, int mAt) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector s0 = zero;
    FloatVector s1 = zero;
    FloatVector s2 = zero;
    FloatVector s3 = zero;
    FloatVector s4 = zero;
    FloatVector s5 = zero;
    FloatVector s6 = zero;
    FloatVector s7 = zero;
    FloatVector s8 = zero;
    FloatVector s9 = zero;
    FloatVector s10 = zero;
    FloatVector s11 = zero;
    for (int k = 0; k < offsets.length; k++) {
      FloatVector w = FloatVector.fromArray(SPECIES, u, uAt + k * COLUMNS);
      int from = at + offsets[k];
      s0 = FloatVector.broadcast(SPECIES, x[from]).fma(w, s0);
      s1 = FloatVector.broadcast(SPECIES, x[from + CHANNELS]).fma(w, s1);
      s2 = FloatVector.broadcast(SPECIES, x[from + 2 * CHANNELS]).fma(w, s2);
      s3 = FloatVector.broadcast(SPECIES, x[from + 3 * CHANNELS]).fma(w, s3);
      s4 = FloatVector.broadcast(SPECIES, x[from + 4 * CHANNELS]).fma(w, s4);
      s5 = FloatVector.broadcast(SPECIES, x[from + 5 * CHANNELS]).fma(w, s5);
      s6 = FloatVector.broadcast(SPECIES, x[from + 6 * CHANNELS]).fma(w, s6);
      s7 = FloatVector.broadcast(SPECIES, x[from + 7 * CHANNELS]).fma(w, s7);
      s8 = FloatVector.broadcast(SPECIES, x[from + 8 * CHANNELS]).fma(w, s8);
      s9 = FloatVector.broadcast(SPECIES, x[from + 9 * CHANNELS]).fma(w, s9);
      s10 = FloatVector.broadcast(SPECIES, x[from + 10 * CHANNELS]).fma(w, s10);
      s11 = FloatVector.broadcast(SPECIES, x[from + 11 * CHANNELS]).fma(w, s11);
    }
    s0.intoArray(m, mAt);
    s1.intoArray(m, mAt + COLUMNS);
    s2.intoArray(m, mAt + 2 * COLUMNS);
    s3.intoArray(m, mAt + 3 * COLUMNS);
    s4.intoArray(m, mAt + 4 * COLUMNS);
    s5.intoArray(m, mAt + 5 * COLUMNS);
    s6.intoArray(m, mAt + 6 * COLUMNS);
    s7.intoArray(m, mAt + 7 * COLUMNS);
    s8.intoArray(m, mAt + 8 * COLUMNS);
    s9.intoArray(m, mAt + 9 * COLUMNS);
    s10.intoArray(m, mAt + 10 * COLUMNS);
    s11.intoArray(m, mAt + 11 * COLUMNS);
  }

  /**
   * Continues the sums of the gradients of the weights of a row of the window, and of the biases,
   * over some pixels of a row for a vector of outputs.
   *
   * @param x the image
   * @param at the first number of the first pixel's row of the window
   * @param taps the numbers in a row of the window: 9 or 15
   * @param d the gradients of the outputs
   * @param dAt the first of them
   * @param pixel the distance between the pixels of d
   * @param count the number of pixels
   * @param m the sums: a vector for each of the row's numbers
   * @param mAt the first of them
   * @param bias where m has the vector of the biases
   */
  static void gradients(
      float[] x,
      int at,
      int taps,
      float[] d,
      int dAt,
      int pixel,
      int count,
      float[] m,
      int mAt,
      int bias) {
    if (taps == 3 * CHANNELS) {
      nine(x, at, d, dAt, pixel, count, m, mAt, bias);
    } else {
      fifteen(x, at, d, dAt, pixel, count, m, mAt, bias);
    }
  }

  /** The same for kernels of 3x3. */
  private static void nine(
      float[] x, int at, float[] d, int dAt, int pixel, int count, float[] m, int mAt, int bias) {
    FloatVector s = FloatVector.fromArray(SPECIES, m, bias);
    FloatVector s0 = FloatVector.fromArray(SPECIES, m, mAt);
    FloatVector s1 = FloatVector.fromArray(SPECIES, m, mAt + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, m, mAt + 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, m, mAt + 3 * LANES);
    FloatVector s4 = FloatVector.fromArray(SPECIES, m, mAt + 4 * LANES);
    FloatVector s5 = FloatVector.fromArray(SPECIES, m, mAt + 5 * LANES);
    FloatVector s6 = FloatVector.fromArray(SPECIES, m, mAt + 6 * LANES);
    FloatVector s7 = FloatVector.fromArray(SPECIES, m, mAt + 7 * LANES);
    FloatVector s8 = FloatVector.fromArray(SPECIES, m, mAt + 8 * LANES);
    for (int t = 0; t < count; t++) {
      FloatVector y = FloatVector.fromArray(SPECIES, d, dAt + t * pixel);
      int from = at + t * CHANNELS;
      s = s.add(y);
      s0 = FloatVector.broadcast(SPECIES, x[from]).fma(y, s0);
      s1 = FloatVector.broadcast(SPECIES, x[from + 1]).fma(y, s1);
      s2 = FloatVector.broadcast(SPECIES, x[from + 2]).fma(y, s2);
      s3 = FloatVector.broadcast(SPECIES, x[from + 3]).fma(y, s3);
      s4 = FloatVector.broadcast(SPECIES, x[from + 4]).fma(y, s4);
      s5 = FloatVector.broadcast(SPECIES, x[from + 5]).fma(y, s5);
      s6 = FloatVector.broadcast(SPECIES, x[from + 6]).fma(y, s6);
      s7 = FloatVector.broadcast(SPECIES, x[from + 7]).fma(y, s7);
      s8 = FloatVector.broadcast(SPECIES, x[from + 8]).fma(y, s8);
    }
    s.intoArray(m, bias);
    s0.intoArray(m, mAt);
    s1.intoArray(m, mAt + LANES);
    s2.intoArray(m, mAt + 2 * LANES);
    s3.intoArray(m, mAt + 3 * LANES);
    s4.intoArray(m, mAt + 4 * LANES);
    s5.intoArray(m, mAt + 5 * LANES);
    s6.intoArray(m, mAt + 6 * LANES);
    s7.intoArray(m, mAt + 7 * LANES);
    s8.intoArray(m, mAt + 8 * LANES);
  }

  /** The same for kernels of 5x5. */
  private static void fifteen(
      float[] x, int at, float[] d, int dAt, int pixel, int count, float[] m, int mAt, int bias) {
    FloatVector s = FloatVector.fromArray(SPECIES, m, bias);
    FloatVector s0 = FloatVector.fromArray(SPECIES, m, mAt);
    FloatVector s1 = FloatVector.fromArray(SPECIES, m, mAt + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, m, mAt + 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, m, mAt + 3 * LANES);
    FloatVector s4 = FloatVector.fromArray(SPECIES, m, mAt + 4 * LANES);
    FloatVector s5 = FloatVector.fromArray(SPECIES, m, mAt + 5 * LANES);
    FloatVector s6 = FloatVector.fromArray(SPECIES, m, mAt + 6 * LANES);
    FloatVector s7 = FloatVector.fromArray(SPECIES, m, mAt + 7 * LANES);
    FloatVector s8 = FloatVector.fromArray(SPECIES, m, mAt + 8 * LANES);
    FloatVector s9 = FloatVector.fromArray(SPECIES, m, mAt + 9 * LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, m, mAt + 10 * LANES);
    FloatVector s11 = FloatVector.fromArray(SPECIES, m, mAt + 11 * LANES);
    FloatVector s12 = FloatVector.fromArray(SPECIES, m, mAt + 12 * LANES);
    FloatVector s13 = FloatVector.fromArray(SPECIES, m, mAt + 13 * LANES);
    FloatVector s14 = FloatVector.fromArray(SPECIES, m, mAt + 14 * LANES);
    for (int t = 0; t < count; t++) {
      FloatVector y = FloatVector.fromArray(SPECIES, d, dAt + t * pixel);
      int from = at + t * CHANNELS;
      s = s.add(y);
      s0 = FloatVector.broadcast(SPECIES, x[from]).fma(y, s0);
      s1 = FloatVector.broadcast(SPECIES, x[from + 1]).fma(y, s1);
      s2 = FloatVector.broadcast(SPECIES, x[from + 2]).fma(y, s2);
      s3 = FloatVector.broadcast(SPECIES, x[from + 3]).fma(y, s3);
      s4 = FloatVector.broadcast(SPECIES, x[from + 4]).fma(y, s4);
      s5 = FloatVector.broadcast(SPECIES, x[from + 5]).fma(y, s5);
      s6 = FloatVector.broadcast(SPECIES, x[from + 6]).fma(y, s6);
      s7 = FloatVector.broadcast(SPECIES, x[from + 7]).fma(y, s7);
      s8 = FloatVector.broadcast(SPECIES, x[from + 8]).fma(y, s8);
      s9 = FloatVector.broadcast(SPECIES, x[from + 9]).fma(y, s9);
      s10 = FloatVector.broadcast(SPECIES, x[from + 10]).fma(y, s10);
      s11 = FloatVector.broadcast(SPECIES, x[from + 11]).fma(y, s11);
      s12 = FloatVector.broadcast(SPECIES, x[from + 12]).fma(y, s12);
      s13 = FloatVector.broadcast(SPECIES, x[from + 13]).fma(y, s13);
      s14 = FloatVector.broadcast(SPECIES, x[from + 14]).fma(y, s14);
    }
    s.intoArray(m, bias);
    s0.intoArray(m, mAt);
    s1.intoArray(m, mAt + LANES);
    s2.intoArray(m, mAt + 2 * LANES);
    s3.intoArray(m, mAt + 3 * LANES);
    s4.intoArray(m, mAt + 4 * LANES);
    s5.intoArray(m, mAt + 5 * LANES);
    s6.intoArray(m, mAt + 6 * LANES);
    s7.intoArray(m, mAt + 7 * LANES);
    s8.intoArray(m, mAt + 8 * LANES);
    s9.intoArray(m, mAt + 9 * LANES);
    s10.intoArray(m, mAt + 10 * LANES);
    s11.intoArray(m, mAt + 11 * LANES);
    s12.intoArray(m, mAt + 12 * LANES);
    s13.intoArray(m, mAt + 13 * LANES);
    s14.intoArray(m, mAt + 14 * LANES);
  }

  /**
   * Begins sums with those that they continue, or with zeros.
   *
   * @param m the sums, {@link GemmKernel#COLUMNS} apart
   * @param at the first of them
   * @param count the number of vectors
   * @param to receives them, one after the other
   * @param toAt where the first goes
   * @param into how the sums will join m
   */
  static void begin(float[] m, int at, int count, float[] to, int toAt, OuterKernel.Into into) {
    for (int i = 0; i < count; i++) {
      FloatVector.fromArray(SPECIES, m, at + i * COLUMNS)
          .mul(into.before())
          .intoArray(to, toAt + i * LANES);
    }
  }

  /** Joins sums from {@link #begin} with those that are there. */
  static void join(float[] from, int at, int count, float[] m, int mAt, OuterKernel.Into into) {
    FloatVector after = FloatVector.broadcast(SPECIES, into.after());
    for (int i = 0; i < count; i++) {
      FloatVector.fromArray(SPECIES, m, mAt + i * COLUMNS)
          .fma(after, FloatVector.fromArray(SPECIES, from, at + i * LANES))
          .intoArray(m, mAt + i * COLUMNS);
    }
  }
}
