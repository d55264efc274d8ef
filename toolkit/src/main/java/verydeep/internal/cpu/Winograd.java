package verydeep.internal.cpu;

/**
 * The algebra of fast convolution: Lavin and Gray, "Fast Algorithms for Convolutional Neural
 * Networks", arXiv 1509.09308. A tile d of a map and a kernel g yield the outputs
 *
 * <pre>A' [(G g G') * (B' d B)] A</pre>
 *
 * where * multiplies element by element: F(4x4, 3x3) computes 16 outputs with 36 multiplications
 * per channel where the direct method takes 144, F(2x2, 3x3) 4 outputs with 16 instead of 36,
 * F(2x2, 5x5) 4 outputs with 36 instead of 100, F(2x2, 7x7) 4 outputs with 64 instead of 196. A
 * direct convolution is the special case where G and B are the identity and A is a column of ones:
 * its only output is the sum of all products.
 *
 * @param name as the paper writes it
 * @param outputs the number of rows and columns of outputs per tile
 * @param b B', one row per row of products
 * @param g G, one row per row of products
 * @param a A', one row per row of outputs
 */
@SuppressWarnings("ArrayRecordComponent") // constants of this package
record Winograd(String name, int outputs, double[][] b, double[][] g, double[][] a) {

  /**
   * The inner point of F(4x4, 3x3). The paper's points 1 and 2 lose more than twice as much as
   * these, whose powers and products are exact in 32 bits.
   */
  static final float NEAR = 0.625f;

  /** The outer point of F(4x4, 3x3). */
  static final float FAR = 1.5f;

  /**
   * As in section 4.3 of the paper, with other points: 0, {@link #NEAR}, -NEAR, {@link #FAR}, -FAR
   * and infinity.
   */
  static final Winograd FOUR = four(NEAR, FAR);

  private static Winograd four(double p, double q) {
    double p2 = p * p;
    double q2 = q * q;
    double byP = 0.5 / (p2 * (p2 - q2));
    double byQ = 0.5 / (q2 * (q2 - p2));
    return new Winograd(
        "F(4x4, 3x3)",
        4,
        new double[][] {
          {p2 * q2, 0, -p2 - q2, 0, 1, 0},
          {0, -p * q2, -q2, p, 1, 0},
          {0, p * q2, -q2, -p, 1, 0},
          {0, -q * p2, -p2, q, 1, 0},
          {0, q * p2, -p2, -q, 1, 0},
          {0, p2 * q2, 0, -p2 - q2, 0, 1}
        },
        new double[][] {
          {1 / (p2 * q2), 0, 0},
          {byP, byP * p, byP * p2},
          {byP, -byP * p, byP * p2},
          {byQ, byQ * q, byQ * q2},
          {byQ, -byQ * q, byQ * q2},
          {0, 0, 1}
        },
        new double[][] {
          {1, 1, 1, 1, 1, 0},
          {0, p, -p, q, -q, 0},
          {0, p2, p2, q2, q2, 0},
          {0, p * p2, -p * p2, q * q2, -q * q2, 1}
        });
  }

  /** For 5x5 kernels on the tiles of {@link #FOUR}, and so with its points and its B. */
  static final Winograd FIVE = five(NEAR, FAR);

  private static Winograd five(double p, double q) {
    double byP = 0.5 / (p * p * (p * p - q * q));
    double byQ = 0.5 / (q * q * (q * q - p * p));
    return new Winograd(
        "F(2x2, 5x5)",
        2,
        FOUR.b,
        new double[][] {
          powers(5, 1 / (p * p * q * q), 0),
          powers(5, byP, p),
          powers(5, byP, -p),
          powers(5, byQ, q),
          powers(5, byQ, -q),
          {0, 0, 0, 0, 1}
        },
        new double[][] {{1, 1, 1, 1, 1, 0}, {0, p, -p, q, -q, 1}});
  }

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
            powers(7, -2 / 9.0, 1),
            powers(7, -2 / 9.0, -1),
            powers(7, 1 / 90.0, 2),
            powers(7, 1 / 90.0, -2),
            powers(7, 32 / 45.0, 0.5),
            powers(7, 32 / 45.0, -0.5),
            {0, 0, 0, 0, 0, 0, 1}
          },
          new double[][] {{1, 1, 1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0.5, -0.5, 1}});

  /** Returns a factor times 1, a point, its square and so on. */
  private static double[] powers(int count, double factor, double point) {
    double[] row = new double[count];
    row[0] = factor;
    for (int i = 1; i < row.length; i++) {
      row[i] = row[i - 1] * point;
    }
    return row;
  }

  /**
   * Returns by which factors the gradients of the first products must be multiplied to add up to
   * the sum of the gradients of a tile's outputs, which a bias needs: a combination of A's rows
   * that is all ones.
   */
  double[] sumFactors() {
    if (outputs == 1) {
      return new double[] {1};
    }
    double[] line = new double[tile()];
    double p = a[1][1];
    if (outputs == 4) {
      double q = a[1][3];
      double byP = (q * q - 1) / (q * q - p * p) / 2;
      double byQ = (1 - p * p) / (q * q - p * p) / 2;
      line[1] = byP * (1 + 1 / p);
      line[2] = byP * (1 - 1 / p);
      line[3] = byQ * (1 + 1 / q);
      line[4] = byQ * (1 - 1 / q);
    } else {
      line[1] = (1 + 1 / p) / 2;
      line[2] = (1 - 1 / p) / 2;
    }
    double[] factors = new double[products()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = line[i / tile()] * line[i % tile()];
    }
    return factors;
  }

  /** Returns the form for kernels of a size where this one is wanted for those of 3x3. */
  Winograd forKernel(int kernel) {
    if (kernel == kernel()) {
      return this;
    }
    return kernel == FIVE.kernel() && outputs == FOUR.outputs ? FIVE : direct(kernel);
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
