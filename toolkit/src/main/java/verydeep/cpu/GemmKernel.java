package verydeep.cpu;

import jdk.incubator.vector.FloatVector;

/**
 * The inner product of everything: rows times {@link #COLUMNS} columns, by {@link WideKernel} or,
 * where vectors have less than 512 bits, by {@link NarrowKernel}. The rows lie {@link #DEPTH}
 * numbers apart, a constant.
 */
final class GemmKernel {

  /** Numbers in a vector. */
  static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /**
   * Where numbers begin in an array. The JDK's collector puts a large array at the start of a
   * region, and its numbers begin 16 bytes later; 12 numbers on, vectors of 512 bits lie each in
   * one cache line. That saves a tenth of the products' time and half of the tiles'.
   */
  static final int FIRST = 12;

  /** Rows come in multiples of this. */
  static final int ROWS = 6;

  /** Columns that are multiplied together: output channels of a block, and of a map's plane. */
  static final int COLUMNS = 32;

  /** How much of the sum is done at once; the distance between rows. */
  static final int DEPTH = 64;

  private static final boolean NARROW = LANES < 16;

  private GemmKernel() {}

  /**
   * Adds a product of rows x depth and depth x 32 to rows x 32. A number of the result is the same
   * sum in the same order, however many rows are done at once.
   *
   * @param v rows, {@link #DEPTH} apart
   * @param vAt where the first row begins
   * @param rows how many, a multiple of {@link #ROWS}
   * @param u depth x {@link #COLUMNS} weights
   * @param uAt where they begin
   * @param m the sums, rows {@link #COLUMNS} apart
   * @param mAt where they begin
   * @param depth at most {@link #DEPTH}
   */
  static void multiplyAdd(
      float[] v, int vAt, int rows, float[] u, int uAt, float[] m, int mAt, int depth) {
    int row = 0;
    if (NARROW) {
      for (; row + 2 * ROWS <= rows; row += 2 * ROWS) {
        NarrowKernel.twelve(v, vAt + row * DEPTH, u, uAt, m, mAt + row * COLUMNS, depth);
      }
    }
    for (; row < rows; row += ROWS) {
      if (NARROW) {
        NarrowKernel.six(v, vAt + row * DEPTH, u, uAt, m, mAt + row * COLUMNS, depth);
      } else {
        WideKernel.six(v, vAt + row * DEPTH, u, uAt, m, mAt + row * COLUMNS, depth);
      }
    }
  }
}
