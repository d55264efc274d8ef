package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The adjoint of {@link OutputKernel}'s transformation: y = A' m A, so that the gradient with
 * respect to the products m is A dy A'. Written out as additions, for a vector of channels at a
 * time.
 */
final class GradientKernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int FIRST = GemmKernel.FIRST;
  private static final int LANES = SPECIES.length();
  private static final float NEAR = Winograd.NEAR;
  private static final float FAR = Winograd.FAR;

  private GradientKernel() {}

  /**
   * Transforms a tile of 4x4 gradients for F(4x4, 3x3).
   *
   * @param y the map of gradients, with zeros where the tile reaches past it
   * @param at the tile's first pixel
   * @param row the distance between rows
   * @param pixel the distance between pixels
   * @param d receives 36 vectors
   * @param dAt where the first goes
   * @param product the distance between them
   * @param scratch 24 vectors
   */
  static void four(
      float[] y, int at, int row, int pixel, float[] d, int dAt, int product, float[] scratch) {
    for (int j = 0; j < 4; j++) {
      six(y, at + j * pixel, row, scratch, FIRST + j * LANES, 4 * LANES);
    }
    for (int i = 0; i < 6; i++) {
      six(scratch, FIRST + 4 * i * LANES, LANES, d, dAt + 6 * i * product, product);
    }
  }

  /** Transforms a tile of 2x2 gradients for F(2x2, 3x3), with arguments as for {@link #four}. */
  static void two(
      float[] y, int at, int row, int pixel, float[] d, int dAt, int product, float[] scratch) {
    for (int j = 0; j < 2; j++) {
      quad(y, at + j * pixel, row, scratch, FIRST + j * LANES, 2 * LANES);
    }
    for (int i = 0; i < 4; i++) {
      quad(scratch, FIRST + 2 * i * LANES, LANES, d, dAt + 4 * i * product, product);
    }
  }

  private static void six(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector y0 = FloatVector.fromArray(SPECIES, x, at);
    FloatVector y1 = FloatVector.fromArray(SPECIES, x, at + step);
    FloatVector y2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    FloatVector y3 = FloatVector.fromArray(SPECIES, x, at + 3 * step);
    y0.intoArray(y, yAt);
    FloatVector square = FloatVector.broadcast(SPECIES, NEAR * NEAR);
    FloatVector even = square.fma(y2, y0);
    FloatVector odd = square.fma(y3, y1);
    FloatVector.broadcast(SPECIES, NEAR).fma(odd, even).intoArray(y, yAt + yStep);
    FloatVector.broadcast(SPECIES, -NEAR).fma(odd, even).intoArray(y, yAt + 2 * yStep);
    square = FloatVector.broadcast(SPECIES, FAR * FAR);
    even = square.fma(y2, y0);
    odd = square.fma(y3, y1);
    FloatVector.broadcast(SPECIES, FAR).fma(odd, even).intoArray(y, yAt + 3 * yStep);
    FloatVector.broadcast(SPECIES, -FAR).fma(odd, even).intoArray(y, yAt + 4 * yStep);
    y3.intoArray(y, yAt + 5 * yStep);
  }

  private static void quad(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector y0 = FloatVector.fromArray(SPECIES, x, at);
    FloatVector y1 = FloatVector.fromArray(SPECIES, x, at + step);
    y0.intoArray(y, yAt);
    y0.add(y1).intoArray(y, yAt + yStep);
    y0.sub(y1).intoArray(y, yAt + 2 * yStep);
    y1.neg().intoArray(y, yAt + 3 * yStep);
  }
}
