package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums and the transformations of batch normalization, for a vector of channels in a row of a
 * map at a time. A row is summed in 32 bits, and rows are added in 64.
 */
final class BatchKernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int FIRST = GemmKernel.FIRST;
  private static final int LANES = SPECIES.length();

  private BatchKernel() {}

  /**
   * Adds x over a row.
   *
   * @param x the map
   * @param at the row's first pixel
   * @param pixel the distance between pixels
   * @param count the number of pixels
   * @param sums receives a number for each channel
   * @param sumsAt the first of them
   * @param scratch a vector
   */
  static void sum(
      float[] x, int at, int pixel, int count, double[] sums, int sumsAt, float[] scratch) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i++) {
      sum = sum.add(FloatVector.fromArray(SPECIES, x, at + i * pixel));
    }
    sum.intoArray(scratch, FIRST);
    add(scratch, sums, sumsAt);
  }

  /**
   * Adds (x - mean)^2 over a row, with arguments as for {@link #sum}.
   *
   * @param mean the means
   * @param c the first channel's
   */
  static void squares(
      float[] x,
      int at,
      int pixel,
      int count,
      float[] mean,
      int c,
      double[] sums,
      int sumsAt,
      float[] scratch) {
    FloatVector center = FloatVector.fromArray(SPECIES, mean, c);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i++) {
      FloatVector own = FloatVector.fromArray(SPECIES, x, at + i * pixel).sub(center);
      sum = own.fma(own, sum);
    }
    sum.intoArray(scratch, FIRST);
    add(scratch, sums, sumsAt);
  }

  /**
   * Adds dy (x - mean) over a row, with arguments as for {@link #squares}.
   *
   * @param dy the gradient
   * @param dyAt the row's first pixel
   */
  static void products(
      float[] dy,
      int dyAt,
      float[] x,
      int at,
      int pixel,
      int count,
      float[] mean,
      int c,
      double[] sums,
      int sumsAt,
      float[] scratch) {
    FloatVector center = FloatVector.fromArray(SPECIES, mean, c);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i++) {
      FloatVector own = FloatVector.fromArray(SPECIES, x, at + i * pixel).sub(center);
      sum = FloatVector.fromArray(SPECIES, dy, dyAt + i * pixel).fma(own, sum);
    }
    sum.intoArray(scratch, FIRST);
    add(scratch, sums, sumsAt);
  }

  static void add(float[] from, double[] sums, int at) {
    for (int k = 0; k < LANES; k++) {
      sums[at + k] += from[FIRST + k];
    }
  }

  /**
   * Writes max(0, factor (x - mean) + offset) for a row.
   *
   * @param x the map
   * @param at the row's first pixel
   * @param y receives the activations, and may be the same
   * @param yAt where the first goes
   * @param pixel the distance between pixels
   * @param count the number of pixels
   * @param mean the means
   * @param factor the factors
   * @param offset the offsets
   * @param c the first channel's
   */
  static void activate(
      float[] x,
      int at,
      float[] y,
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
      FloatVector own = FloatVector.fromArray(SPECIES, x, at + i * pixel).sub(center);
      FloatVector z = own.fma(scale, shift);
      z.blend(0f, z.compare(VectorOperators.LT, 0f)).intoArray(y, yAt + i * pixel);
    }
  }

  /**
   * Replaces x by factor dy + slope (x - mean) + offset in a row.
   *
   * @param dy the gradient
   * @param dyAt the row's first pixel
   * @param x the map
   * @param at the row's first pixel
   * @param pixel the distance between pixels
   * @param count the number of pixels
   * @param mean the means
   * @param factor the factors of the gradient
   * @param slope the factors of the map
   * @param offset the offsets
   * @param c the first channel's
   */
  static void differentiate(
      float[] dy,
      int dyAt,
      float[] x,
      int at,
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
    for (int i = 0; i < count; i++) {
      FloatVector own = FloatVector.fromArray(SPECIES, x, at + i * pixel).sub(center);
      FloatVector given = FloatVector.fromArray(SPECIES, dy, dyAt + i * pixel);
      given.fma(scale, own.fma(tilt, shift)).intoArray(x, at + i * pixel);
    }
  }

  /**
   * Replaces x by slope (x - mean) + offset in a row, with arguments as for the gradient of which
   * dy is 0.
   *
   * @param x the map
   * @param at the row's first pixel
   */
  static void differentiate(
      float[] x, int at, int pixel, int count, float[] mean, float[] slope, float[] offset, int c) {
    FloatVector center = FloatVector.fromArray(SPECIES, mean, c);
    FloatVector tilt = FloatVector.fromArray(SPECIES, slope, c);
    FloatVector shift = FloatVector.fromArray(SPECIES, offset, c);
    for (int i = 0; i < count; i++) {
      FloatVector own = FloatVector.fromArray(SPECIES, x, at + i * pixel).sub(center);
      own.fma(tilt, shift).intoArray(x, at + i * pixel);
    }
  }
}
