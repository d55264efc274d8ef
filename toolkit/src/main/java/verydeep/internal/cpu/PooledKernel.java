package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Batch normalization, ReLU and 2x2 max-pooling in one pass, for a vector of channels in two rows
 * of a map at a time; the map between them is never written. The numbers have the bits that {@link
 * BatchKernel} and {@link PoolingKernel} give one after the other.
 */
final class PooledKernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int FIRST = GemmKernel.FIRST;

  private PooledKernel() {}

  /**
   * Writes the maxima of max(0, factor (x - mean) + offset).
   *
   * @param x the map
   * @param at the upper row's first pixel
   * @param row the distance between rows
   * @param y receives the maxima
   * @param choices receives 0 to 3, the numbers of the pixels that they are
   * @param yAt where both go
   * @param pixel the distance between pixels
   * @param count the number of maxima
   * @param mean the means
   * @param factor the factors
   * @param offset the offsets
   * @param c the first channel's
   */
  static void pool(
      float[] x,
      int at,
      int row,
      float[] y,
      float[] choices,
      int yAt,
      int pixel,
      int count,
      float[] mean,
      float[] factor,
      float[] offset,
      int c) {
    FloatVector center = FloatVector.fromArray(SPECIES, mean, c);
    FloatVector scale = FloatVector.fromArray(SPECIES, factor, c);
    FloatVector shift = FloatVector.fromArray(SPECIES, offset, c);
    for (int i = 0; i < count; i++) {
      int first = at + 2 * i * pixel;
      FloatVector most = FloatVector.fromArray(SPECIES, x, first).sub(center).fma(scale, shift);
      most = most.blend(0f, most.compare(VectorOperators.LT, 0f));
      FloatVector choice = FloatVector.zero(SPECIES);

      FloatVector next =
          FloatVector.fromArray(SPECIES, x, first + pixel).sub(center).fma(scale, shift);
      VectorMask<Float> larger =
          next.compare(VectorOperators.GT, most).or(next.compare(VectorOperators.NE, next));
      most = most.blend(next, larger);
      choice = choice.blend(1f, larger);

      next = FloatVector.fromArray(SPECIES, x, first + row).sub(center).fma(scale, shift);
      larger = next.compare(VectorOperators.GT, most).or(next.compare(VectorOperators.NE, next));
      most = most.blend(next, larger);
      choice = choice.blend(2f, larger);

      next = FloatVector.fromArray(SPECIES, x, first + row + pixel).sub(center).fma(scale, shift);
      larger = next.compare(VectorOperators.GT, most).or(next.compare(VectorOperators.NE, next));
      most.blend(next, larger).intoArray(y, yAt + i * pixel);
      choice.blend(3f, larger).intoArray(choices, yAt + i * pixel);
    }
  }

  /**
   * Adds the gradients dx with respect to the ReLU's inputs over each of two rows, and dx (x -
   * mean).
   *
   * @param dy the gradients with respect to the maxima
   * @param choices the numbers of the maxima
   * @param at where both begin
   * @param x the map
   * @param xAt the upper row's first pixel
   * @param row the distance between rows
   * @param pixel the distance between pixels
   * @param count the number of maxima
   * @param mean the means
   * @param c the first channel's
   * @param sums receives the sums of dx
   * @param products receives the sums of dx (x - mean)
   * @param to the first of each
   * @param scratch a vector
   */
  static void sums(
      float[] dy,
      float[] choices,
      int at,
      float[] x,
      int xAt,
      int row,
      int pixel,
      int count,
      float[] mean,
      int c,
      double[] sums,
      double[] products,
      int to,
      float[] scratch) {
    FloatVector center = FloatVector.fromArray(SPECIES, mean, c);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector upper = zero;
    FloatVector lower = zero;
    FloatVector upperProducts = zero;
    FloatVector lowerProducts = zero;
    for (int i = 0; i < count; i++) {
      int first = xAt + 2 * i * pixel;
      FloatVector given = FloatVector.fromArray(SPECIES, dy, at + i * pixel);
      FloatVector choice = FloatVector.fromArray(SPECIES, choices, at + i * pixel);
      VectorMask<Float> below = choice.compare(VectorOperators.GE, 2f);
      VectorMask<Float> right = choice.compare(VectorOperators.EQ, 1f);
      VectorMask<Float> last = choice.compare(VectorOperators.EQ, 3f);
      FloatVector above =
          FloatVector.fromArray(SPECIES, x, first)
              .blend(FloatVector.fromArray(SPECIES, x, first + pixel), right)
              .sub(center);
      FloatVector under =
          FloatVector.fromArray(SPECIES, x, first + row)
              .blend(FloatVector.fromArray(SPECIES, x, first + row + pixel), last)
              .sub(center);
      FloatVector own = given.blend(zero, below);
      upper = upper.add(own);
      upperProducts = own.fma(above, upperProducts);
      own = zero.blend(given, below);
      lower = lower.add(own);
      lowerProducts = own.fma(under, lowerProducts);
    }
    upper.intoArray(scratch, FIRST);
    BatchKernel.add(scratch, sums, to);
    lower.intoArray(scratch, FIRST);
    BatchKernel.add(scratch, sums, to);
    upperProducts.intoArray(scratch, FIRST);
    BatchKernel.add(scratch, products, to);
    lowerProducts.intoArray(scratch, FIRST);
    BatchKernel.add(scratch, products, to);
  }

  /**
   * Replaces x by factor dx + slope (x - mean) + offset in two rows.
   *
   * @param dy the gradients with respect to the maxima
   * @param choices the numbers of the maxima
   * @param at where both begin
   * @param x the map
   * @param xAt the upper row's first pixel
   * @param row the distance between rows
   * @param pixel the distance between pixels
   * @param count the number of maxima
   * @param mean the means
   * @param factor the factors of the gradient
   * @param slope the factors of the map
   * @param offset the offsets
   * @param c the first channel's
   */
  static void differentiate(
      float[] dy,
      float[] choices,
      int at,
      float[] x,
      int xAt,
      int row,
      int pixel,
      int count,
      float[] mean,
      float[] factor,
      float[] slope,
      float[] offset,
      int c) {
    FloatVector center = FloatVector.fromArray(SPECIES, mean, c);
    FloatVector scale = FloatVector.fromArray(SPECIES, factor, c);
    FloatVector tilt = FloatVector.fromArray(SPECIES, slope, c);
    FloatVector shift = FloatVector.fromArray(SPECIES, offset, c);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i++) {
      int first = xAt + 2 * i * pixel;
      FloatVector given = FloatVector.fromArray(SPECIES, dy, at + i * pixel);
      FloatVector choice = FloatVector.fromArray(SPECIES, choices, at + i * pixel);

      FloatVector own = FloatVector.fromArray(SPECIES, x, first).sub(center).fma(tilt, shift);
      FloatVector dx = zero.blend(given, choice.compare(VectorOperators.EQ, 0f));
      dx.fma(scale, own).intoArray(x, first);

      own = FloatVector.fromArray(SPECIES, x, first + pixel).sub(center).fma(tilt, shift);
      dx = zero.blend(given, choice.compare(VectorOperators.EQ, 1f));
      dx.fma(scale, own).intoArray(x, first + pixel);

      own = FloatVector.fromArray(SPECIES, x, first + row).sub(center).fma(tilt, shift);
      dx = zero.blend(given, choice.compare(VectorOperators.EQ, 2f));
      dx.fma(scale, own).intoArray(x, first + row);

      own = FloatVector.fromArray(SPECIES, x, first + row + pixel).sub(center).fma(tilt, shift);
      dx = zero.blend(given, choice.compare(VectorOperators.EQ, 3f));
      dx.fma(scale, own).intoArray(x, first + row + pixel);
    }
  }
}
