package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transforms a tile of a map into one number per product: B' d B of {@link Winograd}, written out
 * as additions, for a vector of channels at a time. Rows are written out: the compiler may leave a
 * method that takes vectors as a call, and its vectors are then objects.
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
   */
  static void four(float[] x, int at, int row, int pixel, float[] v, int vAt, int product) {
    edge(x, at, row, pixel, v, vAt, product);
    pair(x, at, row, pixel, NEAR, FAR2, v, vAt + 6 * product, product);
    pair(x, at, row, pixel, FAR, NEAR2, v, vAt + 18 * product, product);
    edge(x, at + row, row, pixel, v, vAt + 30 * product, product);
  }

  /**
   * Transforms a tile of 4x4 for F(2x2, 3x3), with arguments as for {@link #four}, by way of 16
   * vectors of scratch.
   */
  static void two(
      float[] x, int at, int row, int pixel, float[] v, int vAt, int product, float[] scratch) {
    for (int j = 0; j < 4; j++) {
      quad(x, at + j * pixel, row, scratch, FIRST + j * LANES, 4 * LANES);
    }
    for (int i = 0; i < 4; i++) {
      quad(scratch, FIRST + 4 * i * LANES, LANES, v, vAt + 4 * i * product, product);
    }
  }

  /** Copies a vector. */
  static void copy(float[] x, int at, float[] y, int yAt) {
    FloatVector.fromArray(SPECIES, x, at).intoArray(y, yAt);
  }

  /** Writes the first row of products, or the last if {@code at} is a row further on. */
  private static void edge(float[] x, int at, int row, int pixel, float[] v, int vAt, int step) {
    FloatVector ends = FloatVector.broadcast(SPECIES, NEAR2 * FAR2);
    FloatVector middle = FloatVector.broadcast(SPECIES, -NEAR2 - FAR2);
    FloatVector t0 =
        ends.fma(
            FloatVector.fromArray(SPECIES, x, at + 0 * pixel),
            middle.fma(
                FloatVector.fromArray(SPECIES, x, at + 2 * row + 0 * pixel),
                FloatVector.fromArray(SPECIES, x, at + 4 * row + 0 * pixel)));
    FloatVector t1 =
        ends.fma(
            FloatVector.fromArray(SPECIES, x, at + 1 * pixel),
            middle.fma(
                FloatVector.fromArray(SPECIES, x, at + 2 * row + 1 * pixel),
                FloatVector.fromArray(SPECIES, x, at + 4 * row + 1 * pixel)));
    FloatVector t2 =
        ends.fma(
            FloatVector.fromArray(SPECIES, x, at + 2 * pixel),
            middle.fma(
                FloatVector.fromArray(SPECIES, x, at + 2 * row + 2 * pixel),
                FloatVector.fromArray(SPECIES, x, at + 4 * row + 2 * pixel)));
    FloatVector t3 =
        ends.fma(
            FloatVector.fromArray(SPECIES, x, at + 3 * pixel),
            middle.fma(
                FloatVector.fromArray(SPECIES, x, at + 2 * row + 3 * pixel),
                FloatVector.fromArray(SPECIES, x, at + 4 * row + 3 * pixel)));
    FloatVector t4 =
        ends.fma(
            FloatVector.fromArray(SPECIES, x, at + 4 * pixel),
            middle.fma(
                FloatVector.fromArray(SPECIES, x, at + 2 * row + 4 * pixel),
                FloatVector.fromArray(SPECIES, x, at + 4 * row + 4 * pixel)));
    FloatVector t5 =
        ends.fma(
            FloatVector.fromArray(SPECIES, x, at + 5 * pixel),
            middle.fma(
                FloatVector.fromArray(SPECIES, x, at + 2 * row + 5 * pixel),
                FloatVector.fromArray(SPECIES, x, at + 4 * row + 5 * pixel)));
    ends.fma(t0, middle.fma(t2, t4)).intoArray(v, vAt);
    ends.fma(t1, middle.fma(t3, t5)).intoArray(v, vAt + 5 * step);
    FloatVector square = FloatVector.broadcast(SPECIES, -FAR2);
    FloatVector even = square.fma(t2, t4);
    FloatVector odd = square.fma(t1, t3);
    FloatVector.broadcast(SPECIES, NEAR).fma(odd, even).intoArray(v, vAt + step);
    FloatVector.broadcast(SPECIES, -NEAR).fma(odd, even).intoArray(v, vAt + 2 * step);
    square = FloatVector.broadcast(SPECIES, -NEAR2);
    even = square.fma(t2, t4);
    odd = square.fma(t1, t3);
    FloatVector.broadcast(SPECIES, FAR).fma(odd, even).intoArray(v, vAt + 3 * step);
    FloatVector.broadcast(SPECIES, -FAR).fma(odd, even).intoArray(v, vAt + 4 * step);
  }

  /**
   * Writes the two rows of products of a point and its negative; {@code other} is the square of the
   * other point. What both have in common is computed once, and nothing but the products is stored.
   */
  private static void pair(
      float[] x,
      int at,
      int row,
      int pixel,
      float point,
      float other,
      float[] v,
      int vAt,
      int step) {
    FloatVector plus = FloatVector.broadcast(SPECIES, point);
    FloatVector minus = FloatVector.broadcast(SPECIES, -point);
    FloatVector square = FloatVector.broadcast(SPECIES, -other);
    FloatVector even;
    FloatVector odd;
    even =
        square.fma(
            FloatVector.fromArray(SPECIES, x, at + 2 * row + 0 * pixel),
            FloatVector.fromArray(SPECIES, x, at + 4 * row + 0 * pixel));
    odd =
        square.fma(
            FloatVector.fromArray(SPECIES, x, at + row + 0 * pixel),
            FloatVector.fromArray(SPECIES, x, at + 3 * row + 0 * pixel));
    FloatVector t0 = plus.fma(odd, even);
    FloatVector s0 = minus.fma(odd, even);
    even =
        square.fma(
            FloatVector.fromArray(SPECIES, x, at + 2 * row + 1 * pixel),
            FloatVector.fromArray(SPECIES, x, at + 4 * row + 1 * pixel));
    odd =
        square.fma(
            FloatVector.fromArray(SPECIES, x, at + row + 1 * pixel),
            FloatVector.fromArray(SPECIES, x, at + 3 * row + 1 * pixel));
    FloatVector t1 = plus.fma(odd, even);
    FloatVector s1 = minus.fma(odd, even);
    even =
        square.fma(
            FloatVector.fromArray(SPECIES, x, at + 2 * row + 2 * pixel),
            FloatVector.fromArray(SPECIES, x, at + 4 * row + 2 * pixel));
    odd =
        square.fma(
            FloatVector.fromArray(SPECIES, x, at + row + 2 * pixel),
            FloatVector.fromArray(SPECIES, x, at + 3 * row + 2 * pixel));
    FloatVector t2 = plus.fma(odd, even);
    FloatVector s2 = minus.fma(odd, even);
    even =
        square.fma(
            FloatVector.fromArray(SPECIES, x, at + 2 * row + 3 * pixel),
            FloatVector.fromArray(SPECIES, x, at + 4 * row + 3 * pixel));
    odd =
        square.fma(
            FloatVector.fromArray(SPECIES, x, at + row + 3 * pixel),
            FloatVector.fromArray(SPECIES, x, at + 3 * row + 3 * pixel));
    FloatVector t3 = plus.fma(odd, even);
    FloatVector s3 = minus.fma(odd, even);
    even =
        square.fma(
            FloatVector.fromArray(SPECIES, x, at + 2 * row + 4 * pixel),
            FloatVector.fromArray(SPECIES, x, at + 4 * row + 4 * pixel));
    odd =
        square.fma(
            FloatVector.fromArray(SPECIES, x, at + row + 4 * pixel),
            FloatVector.fromArray(SPECIES, x, at + 3 * row + 4 * pixel));
    FloatVector t4 = plus.fma(odd, even);
    FloatVector s4 = minus.fma(odd, even);
    even =
        square.fma(
            FloatVector.fromArray(SPECIES, x, at + 2 * row + 5 * pixel),
            FloatVector.fromArray(SPECIES, x, at + 4 * row + 5 * pixel));
    odd =
        square.fma(
            FloatVector.fromArray(SPECIES, x, at + row + 5 * pixel),
            FloatVector.fromArray(SPECIES, x, at + 3 * row + 5 * pixel));
    FloatVector t5 = plus.fma(odd, even);
    FloatVector s5 = minus.fma(odd, even);
    FloatVector ends = FloatVector.broadcast(SPECIES, NEAR2 * FAR2);
    FloatVector middle = FloatVector.broadcast(SPECIES, -NEAR2 - FAR2);
    ends.fma(t0, middle.fma(t2, t4)).intoArray(v, vAt);
    ends.fma(t1, middle.fma(t3, t5)).intoArray(v, vAt + 5 * step);
    square = FloatVector.broadcast(SPECIES, -FAR2);
    even = square.fma(t2, t4);
    odd = square.fma(t1, t3);
    FloatVector.broadcast(SPECIES, NEAR).fma(odd, even).intoArray(v, vAt + step);
    FloatVector.broadcast(SPECIES, -NEAR).fma(odd, even).intoArray(v, vAt + 2 * step);
    square = FloatVector.broadcast(SPECIES, -NEAR2);
    even = square.fma(t2, t4);
    odd = square.fma(t1, t3);
    FloatVector.broadcast(SPECIES, FAR).fma(odd, even).intoArray(v, vAt + 3 * step);
    FloatVector.broadcast(SPECIES, -FAR).fma(odd, even).intoArray(v, vAt + 4 * step);
    ends.fma(s0, middle.fma(s2, s4)).intoArray(v, vAt + 6 * step);
    ends.fma(s1, middle.fma(s3, s5)).intoArray(v, vAt + 6 * step + 5 * step);
    square = FloatVector.broadcast(SPECIES, -FAR2);
    even = square.fma(s2, s4);
    odd = square.fma(s1, s3);
    FloatVector.broadcast(SPECIES, NEAR).fma(odd, even).intoArray(v, vAt + 6 * step + step);
    FloatVector.broadcast(SPECIES, -NEAR).fma(odd, even).intoArray(v, vAt + 6 * step + 2 * step);
    square = FloatVector.broadcast(SPECIES, -NEAR2);
    even = square.fma(s2, s4);
    odd = square.fma(s1, s3);
    FloatVector.broadcast(SPECIES, FAR).fma(odd, even).intoArray(v, vAt + 6 * step + 3 * step);
    FloatVector.broadcast(SPECIES, -FAR).fma(odd, even).intoArray(v, vAt + 6 * step + 4 * step);
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
