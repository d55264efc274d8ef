package verydeep.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turns the products of a tile into its outputs: A' m A of {@link Winograd}, written out as
 * additions, for a vector of channels at a time; then bias, rectifier and 2x2 max-pooling.
 */
final class OutputKernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int FIRST = GemmKernel.FIRST;
  private static final int LANES = SPECIES.length();

  private OutputKernel() {}

  /**
   * F(4x4, 3x3): 16 outputs of 36 products.
   *
   * @param m the products
   * @param at the first of them
   * @param product distance between them
   * @param scratch 24 vectors
   * @param outputs takes 16 vectors
   */
  static void four(float[] m, int at, int product, float[] scratch, float[] outputs) {
    for (int j = 0; j < 6; j++) {
      six(m, at + j * product, 6 * product, scratch, FIRST + j * LANES, 6 * LANES);
    }
    for (int i = 0; i < 4; i++) {
      six(scratch, FIRST + 6 * i * LANES, LANES, outputs, FIRST + 4 * i * LANES, LANES);
    }
  }

  /** F(2x2, 3x3): 4 outputs of 16 products; the arguments as for {@link #four}. */
  static void two(float[] m, int at, int product, float[] scratch, float[] outputs) {
    for (int j = 0; j < 4; j++) {
      quad(m, at + j * product, 4 * product, scratch, FIRST + j * LANES, 4 * LANES);
    }
    for (int i = 0; i < 2; i++) {
      quad(scratch, FIRST + 4 * i * LANES, LANES, outputs, FIRST + 2 * i * LANES, LANES);
    }
  }

  /** Direct: one output, the sum of all products. */
  static void sum(float[] m, int at, int product, int products, float[] outputs) {
    FloatVector sum = FloatVector.fromArray(SPECIES, m, at);
    for (int p = 1; p < products; p++) {
      sum = sum.add(FloatVector.fromArray(SPECIES, m, at + p * product));
    }
    sum.intoArray(outputs, FIRST);
  }

  /**
   * Direct, where a sum is an output: adds the bias, rectifies and writes pixels of a row.
   *
   * @param m the sums, two vectors apart
   * @param at the first of them
   * @param count how many
   * @param bias the biases
   * @param biasAt the first of them
   * @param rectify whether to rectify
   * @param y the map
   * @param yAt the first pixel
   * @param pixel distance between pixels
   */
  static void pixels(
      float[] m,
      int at,
      int count,
      float[] bias,
      int biasAt,
      boolean rectify,
      float[] y,
      int yAt,
      int pixel) {
    FloatVector offset = FloatVector.fromArray(SPECIES, bias, biasAt);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i++) {
      FloatVector sum = FloatVector.fromArray(SPECIES, m, at + 2 * LANES * i).add(offset);
      VectorMask<Float> negative = sum.compare(VectorOperators.LT, zero);
      FloatVector rectified = sum.blend(zero, negative);
      (rectify ? rectified : sum).intoArray(y, yAt + i * pixel);
    }
  }

  /** Adds the bias and rectifies. Numbers that are none stay so, as in PyTorch. */
  static void finish(float[] outputs, int count, float[] bias, int biasAt, boolean rectify) {
    FloatVector offset = FloatVector.fromArray(SPECIES, bias, biasAt);
    for (int i = 0; i < count; i++) {
      FloatVector y = FloatVector.fromArray(SPECIES, outputs, FIRST + i * LANES).add(offset);
      if (rectify) {
        VectorMask<Float> negative = y.compare(VectorOperators.LT, 0f);
        y = y.blend(0f, negative);
      }
      y.intoArray(outputs, FIRST + i * LANES);
    }
  }

  /** Whether all outputs are finite. */
  static boolean finite(float[] outputs, int count) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector sum = zero;
    for (int i = 0; i < count; i++) {
      sum = FloatVector.fromArray(SPECIES, outputs, FIRST + i * LANES).fma(zero, sum);
    }
    return sum.compare(VectorOperators.EQ, 0f).allTrue();
  }

  /** The largest of 2x2 outputs of a tile whose rows are {@code side} vectors long. */
  static void pool(float[] outputs, int at, int side, float[] y, int yAt) {
    FloatVector a = FloatVector.fromArray(SPECIES, outputs, at);
    FloatVector b = FloatVector.fromArray(SPECIES, outputs, at + LANES);
    FloatVector c = FloatVector.fromArray(SPECIES, outputs, at + side * LANES);
    FloatVector d = FloatVector.fromArray(SPECIES, outputs, at + side * LANES + LANES);
    a = a.blend(b, b.compare(VectorOperators.GT, a));
    c = c.blend(d, d.compare(VectorOperators.GT, c));
    a.blend(c, c.compare(VectorOperators.GT, a)).intoArray(y, yAt);
  }

  /** Copies a vector. */
  static void store(float[] outputs, int at, float[] y, int yAt) {
    FloatVector.fromArray(SPECIES, outputs, at).intoArray(y, yAt);
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
    FloatVector two = FloatVector.broadcast(SPECIES, 2);
    FloatVector four = FloatVector.broadcast(SPECIES, 4);
    FloatVector eight = FloatVector.broadcast(SPECIES, 8);
    m0.add(near).add(far).intoArray(y, yAt);
    two.fma(farOdd, nearOdd).intoArray(y, yAt + yStep);
    four.fma(far, near).intoArray(y, yAt + 2 * yStep);
    eight.fma(farOdd, nearOdd).add(m5).intoArray(y, yAt + 3 * yStep);
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
