package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transforms a tile of a map into one number per product: B' d B of {@link Winograd}, written out
 * as additions, for a vector of channels at a time.
 */
final class InputKernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int FIRST = GemmKernel.FIRST;
  private static final int LANES = SPECIES.length();
  private static final float NEAR = Winograd.NEAR;
  private static final float FAR = Winograd.FAR;
  private static final float NEAR2 = NEAR * NEAR;
  private static final float FAR2 = FAR * FAR;

  private InputKernel() {}

  /**
   * Transforms a tile of 6x6 for F(4x4, 3x3).
   *
   * @param x the map
   * @param at the tile's first pixel
   * @param row the distance between rows
   * @param pixel the distance between pixels
   * @param v receives 36 vectors
   * @param vAt where the first goes
   * @param product the distance between them
   * @param scratch 36 vectors
   */
  static void four(
      float[] x, int at, int row, int pixel, float[] v, int vAt, int product, float[] scratch) {
    for (int j = 0; j < 6; j++) {
      six(x, at + j * pixel, row, scratch, FIRST + j * LANES, 6 * LANES);
    }
    for (int i = 0; i < 6; i++) {
      six(scratch, FIRST + 6 * i * LANES, LANES, v, vAt + 6 * i * product, product);
    }
  }

  /** Transforms a tile of 4x4 for F(2x2, 3x3), with arguments as for {@link #four}. */
  static void two(
      float[] x, int at, int row, int pixel, float[] v, int vAt, int product, float[] scratch) {
    for (int j = 0; j < 4; j++) {
      quad(x, at + j * pixel, row, scratch, FIRST + j * LANES, 4 * LANES);
    }
    for (int i = 0; i < 4; i++) {
      quad(scratch, FIRST + 4 * i * LANES, LANES, v, vAt + 4 * i * product, product);
    }
  }

  /**
   * Copies a window of an image's few channels, whose rows are contiguous, to one row of numbers.
   * Whatever a row's last vector holds past the row is overwritten by the next row, and is
   * meaningless after the last one.
   *
   * @param x the map
   * @param at the window's first pixel
   * @param row the distance between rows
   * @param rows the number of rows
   * @param length the length of a row
   * @param v receives the numbers
   * @param vAt where the first goes
   */
  static void window(float[] x, int at, int row, int rows, int length, float[] v, int vAt) {
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < length; c += LANES) {
        FloatVector.fromArray(SPECIES, x, at + i * row + c).intoArray(v, vAt + i * length + c);
      }
    }
  }

  /** Copies a vector. */
  static void copy(float[] x, int at, float[] y, int yAt) {
    FloatVector.fromArray(SPECIES, x, at).intoArray(y, yAt);
  }

  private static void six(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector d0 = FloatVector.fromArray(SPECIES, x, at);
    FloatVector d1 = FloatVector.fromArray(SPECIES, x, at + step);
    FloatVector d2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    FloatVector d3 = FloatVector.fromArray(SPECIES, x, at + 3 * step);
    FloatVector d4 = FloatVector.fromArray(SPECIES, x, at + 4 * step);
    FloatVector d5 = FloatVector.fromArray(SPECIES, x, at + 5 * step);
    FloatVector product = FloatVector.broadcast(SPECIES, NEAR2 * FAR2);
    FloatVector sum = FloatVector.broadcast(SPECIES, -NEAR2 - FAR2);
    product.fma(d0, sum.fma(d2, d4)).intoArray(y, yAt);
    product.fma(d1, sum.fma(d3, d5)).intoArray(y, yAt + 5 * yStep);
    FloatVector square = FloatVector.broadcast(SPECIES, -FAR2);
    FloatVector even = square.fma(d2, d4);
    FloatVector odd = square.fma(d1, d3);
    FloatVector.broadcast(SPECIES, NEAR).fma(odd, even).intoArray(y, yAt + yStep);
    FloatVector.broadcast(SPECIES, -NEAR).fma(odd, even).intoArray(y, yAt + 2 * yStep);
    square = FloatVector.broadcast(SPECIES, -NEAR2);
    even = square.fma(d2, d4);
    odd = square.fma(d1, d3);
    FloatVector.broadcast(SPECIES, FAR).fma(odd, even).intoArray(y, yAt + 3 * yStep);
    FloatVector.broadcast(SPECIES, -FAR).fma(odd, even).intoArray(y, yAt + 4 * yStep);
  }

  private static void quad(float[] x, int at, int step, float[] y, int yAt, int yStep) {
    FloatVector d0 = FloatVector.fromArray(SPECIES, x, at);
    FloatVector d1 = FloatVector.fromArray(SPECIES, x, at + step);
    FloatVector d2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    FloatVector d3 = FloatVector.fromArray(SPECIES, x, at + 3 * step);
    d0.sub(d2).intoArray(y, yAt);
    d1.add(d2).intoArray(y, yAt + yStep);
    d2.sub(d1).intoArray(y, yAt + 2 * yStep);
    d1.sub(d3).intoArray(y, yAt + 3 * yStep);
  }
}
