package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transforms the products of a tile into its outputs: A' m A of {@link Winograd}, written out as
 * additions, for a vector of channels at a time; bias, ReLU and 2x2 max-pooling are applied before
 * anything is written.
 *
 * <p>Each method returns whether all outputs are finite. NaN stays NaN, as in PyTorch.
 */
final class OutputKernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int FIRST = GemmKernel.FIRST;
  private static final int LANES = SPECIES.length();
  private static final float NEAR = Winograd.NEAR;
  private static final float FAR = Winograd.FAR;
  private static final float NEAR2 = NEAR * NEAR;
  private static final float FAR2 = FAR * FAR;
  private static final float NEAR3 = NEAR * NEAR2;
  private static final float FAR3 = FAR * FAR2;

  private OutputKernel() {}

  /**
   * Computes 16 outputs of 36 products for F(4x4, 3x3).
   *
   * @param m the products
   * @param at the first of them
   * @param product the distance between them
   * @param scratch 24 vectors
   * @param bias the biases
   * @param biasAt the first of them
   * @param floor 0 for a ReLU, otherwise minus infinity
   * @param y receives the outputs
   * @param yAt where the first goes
   * @param row the distance between rows of outputs
   * @param pixel the distance between outputs
   * @return whether all outputs are finite
   */
  static boolean four(
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
    columns(m, at, product, scratch);
    boolean finite = true;
    for (int i = 0; i < 4; i++) {
      int from = FIRST + 6 * i * LANES;
      finite &= row(scratch, from, bias, biasAt, floor, y, yAt + i * row, pixel);
    }
    return finite;
  }

  /**
   * Writes a row of four outputs; no vector passes from row to row, where it might be an object.
   */
  private static boolean row(
      float[] scratch,
      int from,
      float[] bias,
      int biasAt,
      float floor,
      float[] y,
      int to,
      int pixel) {
    FloatVector m0 = FloatVector.fromArray(SPECIES, scratch, from);
    FloatVector m1 = FloatVector.fromArray(SPECIES, scratch, from + LANES);
    FloatVector m2 = FloatVector.fromArray(SPECIES, scratch, from + 2 * LANES);
    FloatVector m3 = FloatVector.fromArray(SPECIES, scratch, from + 3 * LANES);
    FloatVector m4 = FloatVector.fromArray(SPECIES, scratch, from + 4 * LANES);
    FloatVector m5 = FloatVector.fromArray(SPECIES, scratch, from + 5 * LANES);
    FloatVector near = m1.add(m2);
    FloatVector nearOdd = m1.sub(m2);
    FloatVector far = m3.add(m4);
    FloatVector farOdd = m3.sub(m4);
    FloatVector y0 = m0.add(near).add(far);
    FloatVector y1 = FloatVector.broadcast(SPECIES, FAR).fma(farOdd, nearOdd.mul(NEAR));
    FloatVector y2 = FloatVector.broadcast(SPECIES, FAR2).fma(far, near.mul(NEAR2));
    FloatVector y3 =
        FloatVector.broadcast(SPECIES, FAR3)
            .fma(farOdd, FloatVector.broadcast(SPECIES, NEAR3).fma(nearOdd, m5));
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector check = y0.fma(zero, y1.fma(zero, y2.fma(zero, y3.mul(zero))));
    FloatVector offset = FloatVector.fromArray(SPECIES, bias, biasAt);
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    y0 = y0.add(offset);
    y1 = y1.add(offset);
    y2 = y2.add(offset);
    y3 = y3.add(offset);
    y0.blend(least, y0.compare(VectorOperators.LT, least)).intoArray(y, to);
    y1.blend(least, y1.compare(VectorOperators.LT, least)).intoArray(y, to + pixel);
    y2.blend(least, y2.compare(VectorOperators.LT, least)).intoArray(y, to + 2 * pixel);
    y3.blend(least, y3.compare(VectorOperators.LT, least)).intoArray(y, to + 3 * pixel);
    return check.compare(VectorOperators.EQ, 0f).allTrue();
  }

  /**
   * Computes 4 outputs of 36 products for F(4x4, 3x3) with ReLU and 2x2 max-pooling, with arguments
   * as for {@link #four}.
   */
  static boolean fourPooled(
      float[] m,
      int at,
      int product,
      float[] scratch,
      float[] bias,
      int biasAt,
      float[] y,
      int yAt,
      int row,
      int pixel) {
    columns(m, at, product, scratch);
    boolean finite = true;
    for (int i = 0; i < 4; i++) {
      int from = FIRST + 6 * i * LANES;
      finite &= pooledRow(scratch, from, bias, biasAt, i % 2 == 1, y, yAt + i / 2 * row, pixel);
    }
    return finite;
  }

  /** Writes the two maxima of a row of four outputs, or of it and the row before. */
  private static boolean pooledRow(
      float[] scratch,
      int from,
      float[] bias,
      int biasAt,
      boolean second,
      float[] y,
      int to,
      int pixel) {
    FloatVector m0 = FloatVector.fromArray(SPECIES, scratch, from);
    FloatVector m1 = FloatVector.fromArray(SPECIES, scratch, from + LANES);
    FloatVector m2 = FloatVector.fromArray(SPECIES, scratch, from + 2 * LANES);
    FloatVector m3 = FloatVector.fromArray(SPECIES, scratch, from + 3 * LANES);
    FloatVector m4 = FloatVector.fromArray(SPECIES, scratch, from + 4 * LANES);
    FloatVector m5 = FloatVector.fromArray(SPECIES, scratch, from + 5 * LANES);
    FloatVector near = m1.add(m2);
    FloatVector nearOdd = m1.sub(m2);
    FloatVector far = m3.add(m4);
    FloatVector farOdd = m3.sub(m4);
    FloatVector y0 = m0.add(near).add(far);
    FloatVector y1 = FloatVector.broadcast(SPECIES, FAR).fma(farOdd, nearOdd.mul(NEAR));
    FloatVector y2 = FloatVector.broadcast(SPECIES, FAR2).fma(far, near.mul(NEAR2));
    FloatVector y3 =
        FloatVector.broadcast(SPECIES, FAR3)
            .fma(farOdd, FloatVector.broadcast(SPECIES, NEAR3).fma(nearOdd, m5));
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector check = y0.fma(zero, y1.fma(zero, y2.fma(zero, y3.mul(zero))));
    FloatVector offset = FloatVector.fromArray(SPECIES, bias, biasAt);
    // the ReLU and the bias are the same before and after the maximum
    y0 = y0.blend(y1, y1.compare(VectorOperators.GT, y0)).add(offset);
    y2 = y2.blend(y3, y3.compare(VectorOperators.GT, y2)).add(offset);
    if (!second) {
      zero.intoArray(y, to);
      zero.intoArray(y, to + pixel);
    }
    FloatVector left = FloatVector.fromArray(SPECIES, y, to);
    FloatVector right = FloatVector.fromArray(SPECIES, y, to + pixel);
    left.blend(y0, y0.compare(VectorOperators.GT, left)).intoArray(y, to);
    right.blend(y2, y2.compare(VectorOperators.GT, right)).intoArray(y, to + pixel);
    return check.compare(VectorOperators.EQ, 0f).allTrue();
  }

  /** Computes 4 outputs of 16 products for F(2x2, 3x3), with arguments as for {@link #four}. */
  static boolean two(
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
    for (int j = 0; j < 4; j++) {
      quad(m, at + j * product, 4 * product, scratch, FIRST + j * LANES, 4 * LANES);
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector check = zero;
    for (int i = 0; i < 2; i++) {
      int from = FIRST + 4 * i * LANES;
      FloatVector m0 = FloatVector.fromArray(SPECIES, scratch, from);
      FloatVector m1 = FloatVector.fromArray(SPECIES, scratch, from + LANES);
      FloatVector m2 = FloatVector.fromArray(SPECIES, scratch, from + 2 * LANES);
      FloatVector m3 = FloatVector.fromArray(SPECIES, scratch, from + 3 * LANES);
      FloatVector y0 = m0.add(m1).add(m2);
      FloatVector y1 = m1.sub(m2).sub(m3);
      check = y0.fma(zero, y1.fma(zero, check));
      pair(y0, y1, bias, biasAt, floor, y, yAt + i * row, pixel);
    }
    return check.compare(VectorOperators.EQ, 0f).allTrue();
  }

  /** Writes two outputs of a row with bias and ReLU. */
  static void pair(
      FloatVector y0,
      FloatVector y1,
      float[] bias,
      int biasAt,
      float floor,
      float[] y,
      int to,
      int pixel) {
    FloatVector offset = FloatVector.fromArray(SPECIES, bias, biasAt);
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    FloatVector left = y0.add(offset);
    FloatVector right = y1.add(offset);
    left.blend(least, left.compare(VectorOperators.LT, least)).intoArray(y, to);
    right.blend(least, right.compare(VectorOperators.LT, least)).intoArray(y, to + pixel);
  }

  /** Computes one output of 16 products for F(2x2, 3x3) with ReLU and 2x2 max-pooling. */
  static boolean twoPooled(
      float[] m,
      int at,
      int product,
      float[] scratch,
      float[] bias,
      int biasAt,
      float[] y,
      int yAt) {
    boolean finite =
        two(m, at, product, scratch, bias, biasAt, 0, scratch, FIRST, 2 * LANES, LANES);
    most(scratch, FIRST, y, yAt);
    return finite;
  }

  /** Writes the maxima of four vectors. */
  static void most(float[] x, int at, float[] y, int yAt) {
    FloatVector most = FloatVector.fromArray(SPECIES, x, at);
    for (int i = 1; i < 4; i++) {
      FloatVector next = FloatVector.fromArray(SPECIES, x, at + i * LANES);
      most = most.blend(next, next.compare(VectorOperators.GT, most));
    }
    most.intoArray(y, yAt);
  }

  /** Computes one output of a direct convolution, the sum of some products. */
  static void sum(
      float[] m,
      int at,
      int product,
      int products,
      float[] bias,
      int biasAt,
      float floor,
      float[] y,
      int yAt) {
    FloatVector sum = FloatVector.fromArray(SPECIES, m, at);
    for (int p = 1; p < products; p++) {
      sum = sum.add(FloatVector.fromArray(SPECIES, m, at + p * product));
    }
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    sum = sum.add(FloatVector.fromArray(SPECIES, bias, biasAt));
    sum.blend(least, sum.compare(VectorOperators.LT, least)).intoArray(y, yAt);
  }

  /**
   * Writes pixels of a row of a direct convolution whose sums are outputs, with bias and ReLU.
   *
   * @param m the sums, {@link GemmKernel#COLUMNS} apart
   * @param at the first of them
   * @param count how many sums
   * @param bias the biases
   * @param biasAt the first of them
   * @param floor 0 for a ReLU, otherwise minus infinity
   * @param y the map
   * @param yAt the first pixel
   * @param pixel the distance between pixels
   */
  static void pixels(
      float[] m,
      int at,
      int count,
      float[] bias,
      int biasAt,
      float floor,
      float[] y,
      int yAt,
      int pixel) {
    FloatVector offset = FloatVector.fromArray(SPECIES, bias, biasAt);
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    for (int i = 0; i < count; i++) {
      FloatVector sum = FloatVector.fromArray(SPECIES, m, at + GemmKernel.COLUMNS * i).add(offset);
      sum.blend(least, sum.compare(VectorOperators.LT, least)).intoArray(y, yAt + i * pixel);
    }
  }

  /**
   * Writes the maxima of two rows of a direct convolution whose sums are outputs, with bias and
   * ReLU, which are the same before and after the maximum.
   *
   * @param m the sums, {@link GemmKernel#COLUMNS} apart
   * @param upper the first of the upper row
   * @param lower the first of the lower row
   * @param count how many maxima
   * @param bias the biases
   * @param biasAt the first of them
   * @param y the map
   * @param yAt the first pixel
   * @param pixel the distance between pixels
   */
  static void pooledPixels(
      float[] m,
      int upper,
      int lower,
      int count,
      float[] bias,
      int biasAt,
      float[] y,
      int yAt,
      int pixel) {
    FloatVector offset = FloatVector.fromArray(SPECIES, bias, biasAt);
    for (int i = 0; i < count; i++) {
      int at = 2 * i * GemmKernel.COLUMNS;
      FloatVector most = FloatVector.fromArray(SPECIES, m, upper + at);
      FloatVector next = FloatVector.fromArray(SPECIES, m, upper + at + GemmKernel.COLUMNS);
      most = most.max(next);
      next = FloatVector.fromArray(SPECIES, m, lower + at);
      most = most.max(next);
      next = FloatVector.fromArray(SPECIES, m, lower + at + GemmKernel.COLUMNS);
      most = most.max(next).add(offset);
      most.blend(0f, most.compare(VectorOperators.LT, 0f)).intoArray(y, yAt + i * pixel);
    }
  }

  private static void columns(float[] m, int at, int product, float[] scratch) {
    for (int j = 0; j < 6; j++) {
      six(m, at + j * product, 6 * product, scratch, FIRST + j * LANES, 6 * LANES);
    }
  }

  private static void six(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector m0 = FloatVector.fromArray(SPECIES, x, at);
    FloatVector m1 = FloatVector.fromArray(SPECIES, x, at + step);
    FloatVector m2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    FloatVector m3 = FloatVector.fromArray(SPECIES, x, at + 3 * step);
    FloatVector m4 = FloatVector.fromArray(SPECIES, x, at + 4 * step);
    FloatVector m5 = FloatVector.fromArray(SPECIES, x, at + 5 * step);
    FloatVector near = m1.add(m2);
    FloatVector nearOdd = m1.sub(m2);
    FloatVector far = m3.add(m4);
    FloatVector farOdd = m3.sub(m4);
    m0.add(near).add(far).intoArray(y, yAt);
    FloatVector.broadcast(SPECIES, FAR).fma(farOdd, nearOdd.mul(NEAR)).intoArray(y, yAt + yStep);
    FloatVector.broadcast(SPECIES, FAR2).fma(far, near.mul(NEAR2)).intoArray(y, yAt + 2 * yStep);
    FloatVector.broadcast(SPECIES, FAR3)
        .fma(farOdd, FloatVector.broadcast(SPECIES, NEAR3).fma(nearOdd, m5))
        .intoArray(y, yAt + 3 * yStep);
  }

  private static void quad(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector m0 = FloatVector.fromArray(SPECIES, x, at);
    FloatVector m1 = FloatVector.fromArray(SPECIES, x, at + step);
    FloatVector m2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    FloatVector m3 = FloatVector.fromArray(SPECIES, x, at + 3 * step);
    m0.add(m1).add(m2).intoArray(y, yAt);
    m1.sub(m2).sub(m3).intoArray(y, yAt + yStep);
  }
}
