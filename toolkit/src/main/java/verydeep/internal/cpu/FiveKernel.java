package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transformations of F(2x2, 5x5) ({@link Winograd#FIVE}) and their adjoints, written out as
 * additions for a vector of channels at a time. Its tiles are those of F(4x4, 3x3), transformed by
 * {@link InputKernel#four}.
 */
final class FiveKernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int FIRST = GemmKernel.FIRST;
  private static final int LANES = SPECIES.length();
  private static final float NEAR = Winograd.NEAR;
  private static final float FAR = Winograd.FAR;
  private static final float NEAR2 = NEAR * NEAR;
  private static final float FAR2 = FAR * FAR;
  private static final float BY_ZERO = 1 / (NEAR2 * FAR2);
  private static final float BY_NEAR = WeightKernel.BY_NEAR;
  private static final float BY_FAR = WeightKernel.BY_FAR;

  private FiveKernel() {}

  /** Computes 4 outputs of 36 products, with arguments as for {@link OutputKernel#four}. */
  static boolean output(
      float[] m,
      int at,
      int product,
      float[] scratch,
      float[] bias,
      int biasAt,
      float floor,
      float[] y,
      int yAt,
      int row,
      int pixel) {
    for (int j = 0; j < 6; j++) {
      sums(m, at + j * product, 6 * product, scratch, FIRST + j * LANES, 6 * LANES);
    }
    int half = FIRST + 12 * LANES;
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector check = zero;
    for (int i = 0; i < 2; i++) {
      sums(scratch, FIRST + 6 * i * LANES, LANES, scratch, half, LANES);
      FloatVector y0 = FloatVector.fromArray(SPECIES, scratch, half);
      FloatVector y1 = FloatVector.fromArray(SPECIES, scratch, half + LANES);
      check = y0.fma(zero, y1.fma(zero, check));
      OutputKernel.pair(y0, y1, bias, biasAt, floor, y, yAt + i * row, pixel);
    }
    return check.compare(VectorOperators.EQ, 0f).allTrue();
  }

  /** Computes one output of 36 products with ReLU and 2x2 max-pooling. */
  static boolean pooled(
      float[] m,
      int at,
      int product,
      float[] scratch,
      float[] bias,
      int biasAt,
      float[] y,
      int yAt) {
    int four = FIRST + 14 * LANES;
    boolean finite =
        output(m, at, product, scratch, bias, biasAt, 0, scratch, four, 2 * LANES, LANES);
    OutputKernel.most(scratch, four, y, yAt);
    return finite;
  }

  /**
   * Transforms a tile of 2x2 gradients to those of 36 products, with arguments as for {@link
   * GradientKernel#four}.
   */
  static void gradient(
      float[] y, int at, int row, int pixel, float[] d, int dAt, int product, float[] scratch) {
    for (int j = 0; j < 2; j++) {
      sumsBack(y, at + j * pixel, row, scratch, FIRST + j * LANES, 2 * LANES);
    }
    for (int i = 0; i < 6; i++) {
      sumsBack(scratch, FIRST + 2 * i * LANES, LANES, d, dAt + 6 * i * product, product);
    }
  }

  /**
   * Transforms kernels, 25 vectors, to 36 vectors, with arguments as for {@link WeightKernel#four}.
   */
  static void weights(
      float[] g, int at, int step, float[] u, int uAt, int product, float[] scratch) {
    for (int j = 0; j < 5; j++) {
      points(g, at + j * step, 5 * step, scratch, FIRST + j * LANES, 5 * LANES);
    }
    for (int i = 0; i < 6; i++) {
      points(scratch, FIRST + 5 * i * LANES, LANES, u, uAt + 6 * i * product, product);
    }
  }

  /**
   * Transforms gradients of 36 products back to those of kernels, with arguments as for {@link
   * WeightKernel#fourBack}.
   */
  static void weightsBack(
      float[] u, int at, int product, float[] g, int gAt, int step, float[] scratch) {
    for (int j = 0; j < 6; j++) {
      pointsBack(u, at + j * product, 6 * product, scratch, FIRST + j * LANES, 6 * LANES);
    }
    for (int i = 0; i < 5; i++) {
      pointsBack(scratch, FIRST + 6 * i * LANES, LANES, g, gAt + 5 * i * step, step);
    }
  }

  /** A' m. */
  private static void sums(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector m1 = FloatVector.fromArray(SPECIES, x, at + step);
    FloatVector m2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    FloatVector m3 = FloatVector.fromArray(SPECIES, x, at + 3 * step);
    FloatVector m4 = FloatVector.fromArray(SPECIES, x, at + 4 * step);
    FloatVector first = FloatVector.fromArray(SPECIES, x, at);
    first.add(m1.add(m2)).add(m3.add(m4)).intoArray(y, yAt);
    FloatVector last = FloatVector.fromArray(SPECIES, x, at + 5 * step);
    FloatVector odd = FloatVector.broadcast(SPECIES, NEAR).fma(m1.sub(m2), last);
    FloatVector.broadcast(SPECIES, FAR).fma(m3.sub(m4), odd).intoArray(y, yAt + yStep);
  }

  /** A dy. */
  private static void sumsBack(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector y0 = FloatVector.fromArray(SPECIES, x, at);
    FloatVector y1 = FloatVector.fromArray(SPECIES, x, at + step);
    y0.intoArray(y, yAt);
    FloatVector.broadcast(SPECIES, NEAR).fma(y1, y0).intoArray(y, yAt + yStep);
    FloatVector.broadcast(SPECIES, -NEAR).fma(y1, y0).intoArray(y, yAt + 2 * yStep);
    FloatVector.broadcast(SPECIES, FAR).fma(y1, y0).intoArray(y, yAt + 3 * yStep);
    FloatVector.broadcast(SPECIES, -FAR).fma(y1, y0).intoArray(y, yAt + 4 * yStep);
    y1.intoArray(y, yAt + 5 * yStep);
  }

  /** G g. */
  private static void points(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector g0 = FloatVector.fromArray(SPECIES, x, at);
    FloatVector g1 = FloatVector.fromArray(SPECIES, x, at + step);
    FloatVector g2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    FloatVector g3 = FloatVector.fromArray(SPECIES, x, at + 3 * step);
    FloatVector g4 = FloatVector.fromArray(SPECIES, x, at + 4 * step);
    g0.mul(BY_ZERO).intoArray(y, yAt);
    FloatVector square = FloatVector.broadcast(SPECIES, NEAR2);
    FloatVector even = square.fma(square.fma(g4, g2), g0).mul(BY_NEAR);
    FloatVector odd = square.fma(g3, g1).mul(NEAR * BY_NEAR);
    even.add(odd).intoArray(y, yAt + yStep);
    even.sub(odd).intoArray(y, yAt + 2 * yStep);
    square = FloatVector.broadcast(SPECIES, FAR2);
    even = square.fma(square.fma(g4, g2), g0).mul(BY_FAR);
    odd = square.fma(g3, g1).mul(FAR * BY_FAR);
    even.add(odd).intoArray(y, yAt + 3 * yStep);
    even.sub(odd).intoArray(y, yAt + 4 * yStep);
    g4.intoArray(y, yAt + 5 * yStep);
  }

  /** G' du. */
  private static void pointsBack(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector u1 = FloatVector.fromArray(SPECIES, x, at + step);
    FloatVector u2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    FloatVector u3 = FloatVector.fromArray(SPECIES, x, at + 3 * step);
    FloatVector u4 = FloatVector.fromArray(SPECIES, x, at + 4 * step);
    FloatVector near = u1.add(u2).mul(BY_NEAR);
    FloatVector nearOdd = u1.sub(u2).mul(NEAR * BY_NEAR);
    FloatVector far = u3.add(u4).mul(BY_FAR);
    FloatVector farOdd = u3.sub(u4).mul(FAR * BY_FAR);
    FloatVector first = FloatVector.fromArray(SPECIES, x, at).mul(BY_ZERO);
    first.add(near.add(far)).intoArray(y, yAt);
    nearOdd.add(farOdd).intoArray(y, yAt + yStep);
    near = near.mul(NEAR2);
    far = far.mul(FAR2);
    near.add(far).intoArray(y, yAt + 2 * yStep);
    FloatVector.broadcast(SPECIES, NEAR2)
        .fma(nearOdd, farOdd.mul(FAR2))
        .intoArray(y, yAt + 3 * yStep);
    FloatVector last = FloatVector.fromArray(SPECIES, x, at + 5 * step);
    last = FloatVector.broadcast(SPECIES, NEAR2).fma(near, last);
    FloatVector.broadcast(SPECIES, FAR2).fma(far, last).intoArray(y, yAt + 4 * yStep);
  }
}
