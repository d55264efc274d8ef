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
    FloatVector sixth = FloatVector.broadcast(SPECIES, -1 / 6f);
    g0.mul(0.25f).intoArray(y, yAt);
    FloatVector even = g0.add(g2).mul(sixth);
    FloatVector odd = g1.mul(sixth);
    even.add(odd).intoArray(y, yAt + yStep);
    even.sub(odd).intoArray(y, yAt + 2 * yStep);
    FloatVector four = FloatVector.broadcast(SPECIES, 4);
    even = four.fma(g2, g0).mul(1 / 24f);
    odd = g1.mul(1 / 12f);
    even.add(odd).intoArray(y, yAt + 3 * yStep);
    even.sub(odd).intoArray(y, yAt + 4 * yStep);
    g2.intoArray(y, yAt + 5 * yStep);
  }

  private static void sixBack(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector u1 = FloatVector.fromArray(SPECIES, x, at + step);
    FloatVector u2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    FloatVector u3 = FloatVector.fromArray(SPECIES, x, at + 3 * step);
    FloatVector u4 = FloatVector.fromArray(SPECIES, x, at + 4 * step);
    FloatVector near = u1.add(u2).mul(-1 / 6f);
    FloatVector nearOdd = u2.sub(u1).mul(1 / 6f);
    FloatVector far = u3.add(u4);
    FloatVector farOdd = u3.sub(u4);
    FloatVector first = FloatVector.fromArray(SPECIES, x, at).mul(0.25f).add(near);
    FloatVector.broadcast(SPECIES, 1 / 24f).fma(far, first).intoArray(y, yAt);
    FloatVector.broadcast(SPECIES, 1 / 12f).fma(farOdd, nearOdd).intoArray(y, yAt + yStep);
    FloatVector last = FloatVector.fromArray(SPECIES, x, at + 5 * step).add(near);
    FloatVector.broadcast(SPECIES, 1 / 6f).fma(far, last).intoArray(y, yAt + 2 * yStep);
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
