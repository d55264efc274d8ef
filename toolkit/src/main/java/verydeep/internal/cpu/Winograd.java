package verydeep.internal.cpu;

/**
 * The algebra of fast convolution: Lavin and Gray, "Fast Algorithms for Convolutional Neural
 * Networks", arXiv 1509.09308. A tile d of a map and a kernel g yield the outputs
 *
 * <pre>A' [(G g G') * (B' d B)] A</pre>
 *
 * where * multiplies element by element: F(4x4, 3x3) computes 16 outputs with 36 multiplications
 * per channel where the direct method takes 144, F(2x2, 3x3) 4 outputs with 16 instead of 36,
 * F(2x2, 7x7) 4 outputs with 64 instead of 196. A direct convolution is the special case where G
 * and B are the identity and A is a column of ones: its only output is the sum of all products.
 *
 * @param name as the paper writes it
 * @param outputs the number of rows and columns of outputs per tile
 * @param b B', one row per row of products
 * @param g G, one row per row of products
 * @param a A', one row per row of outputs
 */
@SuppressWarnings("ArrayRecordComponent") // constants of this package
record Winograd(String name, int outputs, double[][] b, double[][] g, double[][] a) {

  /** From section 4.3 of the paper; points 0, 1, -1, 2, -2 and infinity. */
  static final Winograd FOUR =
      new Winograd(
          "F(4x4, 3x3)",
          4,
          new double[][] {
            {4, 0, -5, 0, 1, 0},
            {0, -4, -4, 1, 1, 0},
            {0, 4, -4, -1, 1, 0},
            {0, -2, -1, 2, 1, 0},
            {0, 2, -1, -2, 1, 0},
            {0, 4, 0, -5, 0, 1}
          },
          new double[][] {
            {1 / 4.0, 0, 0},
            {-1 / 6.0, -1 / 6.0, -1 / 6.0},
            {-1 / 6.0, 1 / 6.0, -1 / 6.0},
            {1 / 24.0, 1 / 12.0, 1 / 6.0},
            {1 / 24.0, -1 / 12.0, 1 / 6.0},
            {0, 0, 1}
          },
          new double[][] {
            {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}
          });

  /** From section 4.1 of the paper; points 0, 1, -1 and infinity. */
  static final Winograd TWO =
      new Winograd(
          "F(2x2, 3x3)",
          2,
          new double[][] {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}},
          new double[][] {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}},
          new double[][] {{1, 1, 1, 0}, {0, 1, -1, -1}});

  /**
   * For fc6 over maps larger than its window, by the same construction (Toom and Cook's): points 0,
   * 1, -1, 2, -2, 1/2, -1/2 and infinity.
   */
  static final Winograd SEVEN =
      new Winograd(
          "F(2x2, 7x7)",
          2,
          new double[][] {
            {1, 0, -5.25, 0, 5.25, 0, -1, 0},
            {0, 1, 1, -4.25, -4.25, 1, 1, 0},
            {0, -1, 1, 4.25, -4.25, -1, 1, 0},
            {0, 0.5, 0.25, -2.5, -1.25, 2, 1, 0},
            {0, -0.5, 0.25, 2.5, -1.25, -2, 1, 0},
            {0, 2, 4, -2.5, -5, 0.5, 1, 0},
            {0, -2, 4, 2.5, -5, -0.5, 1, 0},
            {0, -1, 0, 5.25, 0, -5.25, 0, 1}
          },
          new double[][] {
            {1, 0, 0, 0, 0, 0, 0},
            powers(-2 / 9.0, 1),
            powers(-2 / 9.0, -1),
            powers(1 / 90.0, 2),
            powers(1 / 90.0, -2),
            powers(32 / 45.0, 0.5),
            powers(32 / 45.0, -0.5),
            {0, 0, 0, 0, 0, 0, 1}
          },
          new double[][] {{1, 1, 1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0.5, -0.5, 1}});

  /** Returns a factor times 1, a point, its square and so on. */
  private static double[] powers(double factor, double point) {
    double[] row = new double[7];
    row[0] = factor;
    for (int i = 1; i < row.length; i++) {
      row[i] = row[i - 1] * point;
    }
    return row;
  }

  /** Returns a direct convolution with a square kernel of any size. */
  static Winograd direct(int kernel) {
    double[][] identity = new double[kernel][kernel];
    double[] ones = new double[kernel];
    for (int i = 0; i < kernel; i++) {
      identity[i][i] = 1;
      ones[i] = 1;
    }
    return new Winograd("direct", 1, identity, identity, new double[][] {ones});
  }

  /** Returns the number of rows and columns of a tile, and of its products. */
  int tile() {
    return b.length;
  }

  /** Returns the number of multiplications per channel and tile. */
  int products() {
    return b.length * b.length;
  }

  /** Returns the number of rows and columns of the kernels. */
  int kernel() {
    return g[0].length;
  }

  /**
   * Computes X k X' for a square k, both row by row.
   *
   * @param x a matrix
   * @param k a matrix with as many rows and columns as x has columns
   * @param result receives as many rows and columns as x has rows
   */
  static void sandwich(double[][] x, double[] k, double[] result) {
    int inner = x[0].length;
    double[] half = new double[x.length * inner];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < inner; j++) {
        double sum = 0;
        for (int l = 0; l < inner; l++) {
          sum += x[i][l] * k[l * inner + j];
        }
        half[i * inner + j] = sum;
      }
    }
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        double sum = 0;
        for (int l = 0; l < inner; l++) {
          sum += half[i * inner + l] * x[j][l];
        }
        result[i * x.length + j] = sum;
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
