package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;

/**
 * The matrix product at the core of everything: rows times {@link #COLUMNS} columns, by {@link
 * WideKernel} or, where vectors have fewer than 512 bits, by {@link NarrowKernel}. The rows are
 * {@link #DEPTH} numbers apart, a constant.
 */
final class GemmKernel {

  /** The numbers in a vector. */
  static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /**
   * The index where the numbers in an array begin. The JDK's collector puts a large array at the
   * start of a region, and its elements begin 16 bytes later; 12 numbers further on, each 512-bit
   * vector lies in one cache line. That saves a tenth of the products' time and half of the tiles'.
   */
  static final int FIRST = 12;

  /** The number of rows is a multiple of this. */
  static final int ROWS = 6;

  /** The columns multiplied together: the output channels of a block, and of a map's plane. */
  static final int COLUMNS = 32;

  /** The length of the sum computed at once; also the distance between rows. */
  static final int DEPTH = 64;

  /** The columns of a block that are left out together if none of them is used. */
  static final int GRAIN = 16;

  private static final boolean NARROW = LANES < 16;

  /** As many rows of zeros as are multiplied at once. */
  private static final float[] ZEROS = new float[FIRST + 2 * ROWS * COLUMNS];

  private GemmKernel() {}

  /**
   * Returns how many columns of a block are used.
   *
   * @param channels the channels from the block's first to the last one
   * @return 16 or 32
   */
  static int used(int channels) {
    return channels > GRAIN ? COLUMNS : GRAIN;
  }

  /**
   * Writes a product of rows x depth and depth x 32, with arguments as for {@link #multiplyAdd}.
   * Its numbers are those that would be added to zeros.
   */
  static void multiply(
      float[] v,
      int vAt,
      int rows,
      float[] u,
      int uAt,
      float[] m,
      int mAt,
      int depth,
      int columns) {
    add(v, vAt, rows, u, uAt, ZEROS, 0, m, mAt, depth, columns);
  }

  /**
   * Adds a product of rows x depth and depth x 32 to rows x 32. Each number of the product is the
   * same sum in the same order, however many rows are computed at once, and begins at zero: sums of
   * sums lose less than half of what one long sum loses.
   *
   * @param v the rows, {@link #DEPTH} apart
   * @param vAt where the first row begins
   * @param rows the number of rows, a multiple of {@link #ROWS}
   * @param u depth x {@link #COLUMNS} weights
   * @param uAt where the weights begin
   * @param m the sums, rows {@link #COLUMNS} apart
   * @param mAt where the sums begin
   * @param depth the depth, up to {@link #DEPTH}
   * @param columns the columns that are used, from {@link #used}
   */
  static void multiplyAdd(
      float[] v,
      int vAt,
      int rows,
      float[] u,
      int uAt,
      float[] m,
      int mAt,
      int depth,
      int columns) {
    add(v, vAt, rows, u, uAt, m, COLUMNS, m, mAt, depth, columns);
  }

  /**
   * Writes sums s plus a product. The first of s is where that of m is, or at {@link #FIRST} if all
   * rows add the same.
   *
   * @param s what is added
   * @param step the distance between the rows of s; 0 if all add the same
   */
  private static void add(
      float[] v,
      int vAt,
      int rows,
      float[] u,
      int uAt,
      float[] s,
      int step,
      float[] m,
      int mAt,
      int depth,
      int columns) {
    boolean narrow = NARROW || columns < COLUMNS;
    int first = step == 0 ? FIRST : mAt;
    int row = 0;
    if (narrow) {
      for (; row + 2 * ROWS <= rows; row += 2 * ROWS) {
        int x = vAt + row * DEPTH;
        int y = mAt + row * COLUMNS;
        NarrowKernel.twelve(v, x, u, uAt, s, first + row * step, m, y, depth, columns);
      }
    }
    for (; row < rows; row += ROWS) {
      int x = vAt + row * DEPTH;
      int y = mAt + row * COLUMNS;
      if (narrow) {
        NarrowKernel.six(v, x, u, uAt, s, first + row * step, m, y, depth, columns);
      } else {
        WideKernel.six(v, x, u, uAt, s, first + row * step, m, y, depth);
      }
    }
  }
}
