package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Both transformations of F(2x2, 7x7) ({@link Winograd#SEVEN}), for the window of fc6 over large
 * maps, written out as additions for a vector of channels at a time.
 */
final class WindowKernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int FIRST = GemmKernel.FIRST;
  private static final int LANES = SPECIES.length();

  private WindowKernel() {}

  /**
   * Transforms a tile of 8x8 to 64 vectors for F(2x2, 7x7), with arguments as for {@link
   * InputKernel#four}.
   */
  static void input(
      float[] x, int at, int row, int pixel, float[] v, int vAt, int product, float[] scratch) {
    for (int j = 0; j < 8; j++) {
      columns(x, at + j * pixel, row, scratch, FIRST + j * LANES, 8 * LANES);
    }
    for (int i = 0; i < 8; i++) {
      columns(scratch, FIRST + 8 * i * LANES, LANES, v, vAt + 8 * i * product, product);
    }
  }

  private static void columns(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector d0 = FloatVector.fromArray(SPECIES, x, at);
    FloatVector d1 = FloatVector.fromArray(SPECIES, x, at + step);
    FloatVector d2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    FloatVector d3 = FloatVector.fromArray(SPECIES, x, at + 3 * step);
    FloatVector d4 = FloatVector.fromArray(SPECIES, x, at + 4 * step);
    FloatVector d5 = FloatVector.fromArray(SPECIES, x, at + 5 * step);
    FloatVector d6 = FloatVector.fromArray(SPECIES, x, at + 6 * step);
    FloatVector d7 = FloatVector.fromArray(SPECIES, x, at + 7 * step);
    FloatVector factor = FloatVector.broadcast(SPECIES, 5.25f);
    factor.fma(d4.sub(d2), d0.sub(d6)).intoArray(y, yAt);
    factor.fma(d3.sub(d5), d7.sub(d1)).intoArray(y, yAt + 7 * yStep);
    factor = FloatVector.broadcast(SPECIES, -4.25f);
    FloatVector even = factor.fma(d4, d2.add(d6));
    FloatVector odd = factor.fma(d3, d1.add(d5));
    even.add(odd).intoArray(y, yAt + yStep);
    even.sub(odd).intoArray(y, yAt + 2 * yStep);
    FloatVector quarter = FloatVector.broadcast(SPECIES, 0.25f);
    FloatVector less = FloatVector.broadcast(SPECIES, -5);
    // the points 2 and 1/2 read the same tile from opposite ends
    even = quarter.fma(less.fma(d4, d2), d6);
    odd = middle(d1, d3, d5);
    even.add(odd).intoArray(y, yAt + 3 * yStep);
    even.sub(odd).intoArray(y, yAt + 4 * yStep);
    even = FloatVector.broadcast(SPECIES, 4).fma(d2, less.fma(d4, d6));
    odd = middle(d5, d3, d1);
    even.add(odd).intoArray(y, yAt + 5 * yStep);
    even.sub(odd).intoArray(y, yAt + 6 * yStep);
  }

  /** Returns a / 2 - 5 b / 2 + 2 c. */
  private static FloatVector middle(FloatVector a, FloatVector b, FloatVector c) {
    FloatVector sum = FloatVector.broadcast(SPECIES, -2.5f).fma(b, c.add(c));
    return FloatVector.broadcast(SPECIES, 0.5f).fma(a, sum);
  }

  /**
   * Computes 4 outputs of 64 products for F(2x2, 7x7), with arguments as for {@link
   * OutputKernel#four}.
   */
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
    for (int j = 0; j < 8; j++) {
      sums(m, at + j * product, 8 * product, scratch, FIRST + j * LANES, 8 * LANES);
    }
    int half = FIRST + 16 * LANES;
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector check = zero;
    for (int i = 0; i < 2; i++) {
      sums(scratch, FIRST + 8 * i * LANES, LANES, scratch, half, LANES);
      FloatVector y0 = FloatVector.fromArray(SPECIES, scratch, half);
      FloatVector y1 = FloatVector.fromArray(SPECIES, scratch, half + LANES);
      check = y0.fma(zero, y1.fma(zero, check));
      OutputKernel.pair(y0, y1, bias, biasAt, floor, y, yAt + i * row, pixel);
    }
    return check.compare(VectorOperators.EQ, 0f).allTrue();
  }

  private static void sums(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector m1 = FloatVector.fromArray(SPECIES, x, at + step);
    FloatVector m2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    FloatVector m3 = FloatVector.fromArray(SPECIES, x, at + 3 * step);
    FloatVector m4 = FloatVector.fromArray(SPECIES, x, at + 4 * step);
    FloatVector m5 = FloatVector.fromArray(SPECIES, x, at + 5 * step);
    FloatVector m6 = FloatVector.fromArray(SPECIES, x, at + 6 * step);
    FloatVector sum = FloatVector.fromArray(SPECIES, x, at).add(m1.add(m2));
    sum.add(m3.add(m4)).add(m5.add(m6)).intoArray(y, yAt);
    FloatVector last = FloatVector.fromArray(SPECIES, x, at + 7 * step);
    FloatVector odd = FloatVector.broadcast(SPECIES, 2).fma(m3.sub(m4), m1.sub(m2));
    odd = FloatVector.broadcast(SPECIES, 0.5f).fma(m5.sub(m6), odd);
    odd.add(last).intoArray(y, yAt + yStep);
  }
}
