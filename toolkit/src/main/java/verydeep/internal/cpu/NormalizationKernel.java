package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The arithmetic of {@link Normalization} for the channels of one pixel, which lie together with
 * zeros before the first and after the last. The power of 3/4 is that of two square roots.
 */
final class NormalizationKernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private NormalizationKernel() {}

  /**
   * Computes y_c = x_c s_c^(-3/4), where s_c = k + a times the sum of x_j^2 over the channels j
   * near c.
   *
   * @param x the activations
   * @param y receives the normalized ones, at the same index
   * @param at the first channel
   * @param channels how many, a multiple of a vector's numbers
   * @param reach how many channels near c there are on each side
   * @param k the constant
   * @param a the factor
   */
  static void normalize(float[] x, float[] y, int at, int channels, int reach, float k, float a) {
    for (int i = at; i < at + channels; i += SPECIES.length()) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int j = i - reach; j <= i + reach; j++) {
        FloatVector near = FloatVector.fromArray(SPECIES, x, j);
        sum = near.fma(near, sum);
      }
      FloatVector root = sum.mul(a).add(k).sqrt();
      FloatVector.fromArray(SPECIES, x, i).div(root.mul(root.sqrt())).intoArray(y, i);
    }
  }

  /**
   * Computes what each output adds to the gradients: to that of its own input, dy_c s_c^(-3/4), and
   * as a share of those near it, dy_c x_c s_c^(-7/4).
   *
   * @param x the activations
   * @param dy the gradients of the normalized ones, at the same index, which become the own part
   * @param shares receives the shares, at the same index
   * @param at the first channel
   * @param channels how many, a multiple of a vector's numbers
   * @param reach how many channels near c there are on each side
   * @param k the constant
   * @param a the factor
   */
  static void share(
      float[] x, float[] dy, float[] shares, int at, int channels, int reach, float k, float a) {
    for (int i = at; i < at + channels; i += SPECIES.length()) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int j = i - reach; j <= i + reach; j++) {
        FloatVector near = FloatVector.fromArray(SPECIES, x, j);
        sum = near.fma(near, sum);
      }
      FloatVector base = sum.mul(a).add(k);
      FloatVector root = base.sqrt();
      FloatVector own = FloatVector.fromArray(SPECIES, dy, i).div(root.mul(root.sqrt()));
      own.mul(FloatVector.fromArray(SPECIES, x, i)).div(base).intoArray(shares, i);
      own.intoArray(dy, i);
    }
  }

  /**
   * Computes the gradients of the inputs, own_i - 3/2 a x_i times the sum of the shares of the
   * channels near i.
   *
   * @param x the activations
   * @param dx their own parts, at the same index, which become the gradients
   * @param shares the shares, at the same index
   * @param at the first channel
   * @param channels how many, a multiple of a vector's numbers
   * @param reach how many channels near i there are on each side
   * @param a the factor
   * @param relu whether a ReLU comes before, which passes on what belongs to positive x alone
   */
  static void gather(
      float[] x,
      float[] dx,
      float[] shares,
      int at,
      int channels,
      int reach,
      float a,
      boolean relu) {
    for (int i = at; i < at + channels; i += SPECIES.length()) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int j = i - reach; j <= i + reach; j++) {
        sum = sum.add(FloatVector.fromArray(SPECIES, shares, j));
      }
      FloatVector own = FloatVector.fromArray(SPECIES, x, i);
      FloatVector slope = FloatVector.fromArray(SPECIES, dx, i).sub(own.mul(1.5f * a).mul(sum));
      if (relu) {
        VectorMask<Float> off = own.compare(VectorOperators.GT, 0f).not();
        slope = slope.blend(0f, off);
      }
      slope.intoArray(dx, i);
    }
  }
}
