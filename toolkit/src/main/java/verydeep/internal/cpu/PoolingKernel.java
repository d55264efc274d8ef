package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * 2x2 max-pooling, alone or with the number of the pixel that was taken, and its gradient, which
 * goes to that pixel alone. As PyTorch does, it takes the first of equal numbers, and NaN, the last
 * one, before any number; a NaN is what differs from itself.
 */
final class PoolingKernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private PoolingKernel() {}

  /**
   * Pools a row for a vector of channels. NaN stays NaN.
   *
   * @param x the map
   * @param at the first of the upper row's pixels
   * @param row the distance between rows
   * @param y receives the maxima
   * @param yAt where the first goes
   * @param pixel the distance between pixels in both
   * @param count how many maxima
   */
  static void pool(float[] x, int at, int row, float[] y, int yAt, int pixel, int count) {
    for (int i = 0; i < count; i++) {
      int first = at + 2 * i * pixel;
      FloatVector most = FloatVector.fromArray(SPECIES, x, first);
      most = most.max(FloatVector.fromArray(SPECIES, x, first + pixel));
      most = most.max(FloatVector.fromArray(SPECIES, x, first + row));
      most = most.max(FloatVector.fromArray(SPECIES, x, first + row + pixel));
      most.intoArray(y, yAt + i * pixel);
    }
  }

  /**
   * Pools a vector of channels.
   *
   * @param x the map, which has passed a ReLU
   * @param at the first of the four pixels
   * @param row the distance between rows
   * @param pixel the distance between pixels
   * @param y receives the maximum
   * @param choices receives 0 to 3, the number of the pixel that it is
   * @param yAt where both go
   */
  static void pool(float[] x, int at, int row, int pixel, float[] y, float[] choices, int yAt) {
    FloatVector most = FloatVector.fromArray(SPECIES, x, at);
    FloatVector choice = FloatVector.zero(SPECIES);
    FloatVector next = FloatVector.fromArray(SPECIES, x, at + pixel);
    VectorMask<Float> larger =
        next.compare(VectorOperators.GT, most).or(next.compare(VectorOperators.NE, next));
    most = most.blend(next, larger);
    choice = choice.blend(1f, larger);
    next = FloatVector.fromArray(SPECIES, x, at + row);
    larger = next.compare(VectorOperators.GT, most).or(next.compare(VectorOperators.NE, next));
    most = most.blend(next, larger);
    choice = choice.blend(2f, larger);
    next = FloatVector.fromArray(SPECIES, x, at + row + pixel);
    larger = next.compare(VectorOperators.GT, most).or(next.compare(VectorOperators.NE, next));
    most.blend(next, larger).intoArray(y, yAt);
    choice.blend(3f, larger).intoArray(choices, yAt);
  }

  /**
   * Spreads a vector of gradients over the four pixels.
   *
   * @param gradients the gradients with respect to the maxima
   * @param choices the numbers of their pixels
   * @param at where both are
   * @param x receives the gradients with respect to the four pixels
   * @param xAt the first of them
   * @param row the distance between rows
   * @param pixel the distance between pixels
   */
  static void spread(
      float[] gradients, float[] choices, int at, float[] x, int xAt, int row, int pixel) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector given = FloatVector.fromArray(SPECIES, gradients, at);
    FloatVector choice = FloatVector.fromArray(SPECIES, choices, at);
    zero.blend(given, choice.compare(VectorOperators.EQ, 0f)).intoArray(x, xAt);
    zero.blend(given, choice.compare(VectorOperators.EQ, 1f)).intoArray(x, xAt + pixel);
    zero.blend(given, choice.compare(VectorOperators.EQ, 2f)).intoArray(x, xAt + row);
    zero.blend(given, choice.compare(VectorOperators.EQ, 3f)).intoArray(x, xAt + row + pixel);
  }

  /**
   * Spreads a vector of gradients over the four pixels, whose largest is found again.
   *
   * @param x the map that was pooled
   * @param at the first of the four pixels
   * @param row the distance between rows
   * @param pixel the distance between pixels
   * @param gradients the gradients with respect to the maxima
   * @param gradientsAt the first of them
   * @param dx receives the gradients with respect to the four pixels
   * @param dxAt the first of them, in rows and pixels as far apart
   */
  static void spread(
      float[] x,
      int at,
      int row,
      int pixel,
      float[] gradients,
      int gradientsAt,
      float[] dx,
      int dxAt) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector given = FloatVector.fromArray(SPECIES, gradients, gradientsAt);
    FloatVector first = FloatVector.fromArray(SPECIES, x, at);
    FloatVector second = FloatVector.fromArray(SPECIES, x, at + pixel);
    FloatVector third = FloatVector.fromArray(SPECIES, x, at + row);
    FloatVector fourth = FloatVector.fromArray(SPECIES, x, at + row + pixel);
    VectorMask<Float> right =
        second.compare(VectorOperators.GT, first).or(second.compare(VectorOperators.NE, second));
    FloatVector most = first.blend(second, right);
    VectorMask<Float> below =
        third.compare(VectorOperators.GT, most).or(third.compare(VectorOperators.NE, third));
    most = most.blend(third, below);
    VectorMask<Float> last =
        fourth.compare(VectorOperators.GT, most).or(fourth.compare(VectorOperators.NE, fourth));
    zero.blend(given, last).intoArray(dx, dxAt + row + pixel);
    given = given.blend(zero, last);
    zero.blend(given, below).intoArray(dx, dxAt + row);
    given = given.blend(zero, below);
    zero.blend(given, right).intoArray(dx, dxAt + pixel);
    given.blend(zero, right).intoArray(dx, dxAt);
  }
}
