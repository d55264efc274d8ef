package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transformation of 3x3 kernels, G g G' of {@link Winograd}, and its adjoint: the gradient with
 * respect to g is G' du G. Written out as additions, for a vector of output channels at a time.
 */
final class WeightKernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int FIRST = GemmKernel.FIRST;
  private static final int LANES = SPECIES.length();
  private static final float NEAR = Winograd.NEAR;
  private static final float FAR = Winograd.FAR;
  private static final float NEAR2 = NEAR * NEAR;
  private static final float FAR2 = FAR * FAR;

  /** The factor of the rows of the points NEAR and -NEAR. */
  static final float BY_NEAR = (float) (0.5 / (NEAR2 * ((double) NEAR2 - FAR2)));

  /** The factor of the rows of the points FAR and -FAR. */
  static final float BY_FAR = (float) (0.5 / (FAR2 * ((double) FAR2 - NEAR2)));

  private WeightKernel() {}

  /**
   * Transforms kernels for F(4x4, 3x3).
   *
   * @param g the kernels: 9 vectors
   * @param at the first of them
   * @param step the distance between them
   * @param u receives 36 vectors
   * @param uAt where the first goes
   * @param product the distance between them
   * @param scratch 18 vectors
   */
  static void four(float[] g, int at, int step, float[] u, int uAt, int product, float[] scratch) {
    for (int j = 0; j < 3; j++) {
      six(g, at + j * step, 3 * step, scratch, FIRST + j * LANES, 3 * LANES);
    }
    for (int i = 0; i < 6; i++) {
      six(scratch, FIRST + 3 * i * LANES, LANES, u, uAt + 6 * i * product, product);
    }
  }

  /** Transforms kernels for F(2x2, 3x3), with arguments as for {@link #four}. */
  static void two(float[] g, int at, int step, float[] u, int uAt, int product, float[] scratch) {
    for (int j = 0; j < 3; j++) {
      quad(g, at + j * step, 3 * step, scratch, FIRST + j * LANES, 3 * LANES);
    }
    for (int i = 0; i < 4; i++) {
      quad(scratch, FIRST + 3 * i * LANES, LANES, u, uAt + 4 * i * product, product);
    }
  }

  /**
   * Transforms gradients of products back to gradients of kernels, for F(4x4, 3x3).
   *
   * @param u the gradients of the products: 36 vectors
   * @param at the first of them
   * @param product the distance between them
   * @param g receives 9 vectors
   * @param gAt where the first goes
   * @param step the distance between them
   * @param scratch 18 vectors
   */
  static void fourBack(
      float[] u, int at, int product, float[] g, int gAt, int step, float[] scratch) {
    for (int j = 0; j < 6; j++) {
      sixBack(u, at + j * product, 6 * product, scratch, FIRST + j * LANES, 6 * LANES);
    }
    for (int i = 0; i < 3; i++) {
      sixBack(scratch, FIRST + 6 * i * LANES, LANES, g, gAt + 3 * i * step, step);
    }
  }

  /** The same for F(2x2, 3x3), with arguments as for {@link #fourBack}. */
  static void twoBack(
      float[] u, int at, int product, float[] g, int gAt, int step, float[] scratch) {
    for (int j = 0; j < 4; j++) {
      quadBack(u, at + j * product, 4 * product, scratch, FIRST + j * LANES, 4 * LANES);
    }
    for (int i = 0; i < 3; i++) {
      quadBack(scratch, FIRST + 4 * i * LANES, LANES, g, gAt + 3 * i * step, step);
    }
  }

  private static void six(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector g0 = FloatVector.fromArray(SPECIES, x, at);
    FloatVector g1 = FloatVector.fromArray(SPECIES, x, at + step);
    FloatVector g2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    g0.mul(1 / (NEAR2 * FAR2)).intoArray(y, yAt);
    FloatVector even = FloatVector.broadcast(SPECIES, NEAR2).fma(g2, g0).mul(BY_NEAR);
    FloatVector odd = g1.mul(NEAR * BY_NEAR);
    even.add(odd).intoArray(y, yAt + yStep);
    even.sub(odd).intoArray(y, yAt + 2 * yStep);
    even = FloatVector.broadcast(SPECIES, FAR2).fma(g2, g0).mul(BY_FAR);
    odd = g1.mul(FAR * BY_FAR);
    even.add(odd).intoArray(y, yAt + 3 * yStep);
    even.sub(odd).intoArray(y, yAt + 4 * yStep);
    g2.intoArray(y, yAt + 5 * yStep);
  }

  private static void sixBack(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector u1 = FloatVector.fromArray(SPECIES, x, at + step);
    FloatVector u2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    FloatVector u3 = FloatVector.fromArray(SPECIES, x, at + 3 * step);
    FloatVector u4 = FloatVector.fromArray(SPECIES, x, at + 4 * step);
    FloatVector near = u1.add(u2).mul(BY_NEAR);
    FloatVector nearOdd = u1.sub(u2).mul(NEAR * BY_NEAR);
    FloatVector far = u3.add(u4).mul(BY_FAR);
    FloatVector farOdd = u3.sub(u4).mul(FAR * BY_FAR);
    FloatVector first = FloatVector.fromArray(SPECIES, x, at).mul(1 / (NEAR2 * FAR2));
    first.add(near.add(far)).intoArray(y, yAt);
    nearOdd.add(farOdd).intoArray(y, yAt + yStep);
    FloatVector last = FloatVector.fromArray(SPECIES, x, at + 5 * step);
    last = FloatVector.broadcast(SPECIES, NEAR2).fma(near, last);
    FloatVector.broadcast(SPECIES, FAR2).fma(far, last).intoArray(y, yAt + 2 * yStep);
  }

  private static void quad(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector g0 = FloatVector.fromArray(SPECIES, x, at);
    FloatVector g1 = FloatVector.fromArray(SPECIES, x, at + step).mul(0.5f);
    FloatVector g2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    FloatVector even = g0.add(g2).mul(0.5f);
    g0.intoArray(y, yAt);
    even.add(g1).intoArray(y, yAt + yStep);
    even.sub(g1).intoArray(y, yAt + 2 * yStep);
    g2.intoArray(y, yAt + 3 * yStep);
  }

  private static void quadBack(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector u1 = FloatVector.fromArray(SPECIES, x, at + step);
    FloatVector u2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    FloatVector even = u1.add(u2).mul(0.5f);
    FloatVector.fromArray(SPECIES, x, at).add(even).intoArray(y, yAt);
    u1.sub(u2).mul(0.5f).intoArray(y, yAt + yStep);
    FloatVector.fromArray(SPECIES, x, at + 3 * step).add(even).intoArray(y, yAt + 2 * yStep);
  }
}
