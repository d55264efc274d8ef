package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product of the weights' gradient: the sum over tiles of v d', where v are a tile's
 * inputs and d the gradients of its outputs. Both lie in rows, so that nothing is transposed: 8
 * inputs times {@link GemmKernel#COLUMNS} outputs are summed in registers over some tiles.
 */
final class OuterKernel {

  /** The inputs multiplied at once. */
  static final int INPUTS = 8;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = GemmKernel.LANES;
  private static final int COLUMNS = GemmKernel.COLUMNS;
  private static final int DEPTH = GemmKernel.DEPTH;
  private static final boolean NARROW = LANES < 16;

  private OuterKernel() {}

  /** How a sum joins the numbers that are there. */
  enum Into {
    /** Replaces them. */
    NEW(0, 0),

    /** Continues them, term by term: the same bits however the terms are cut. */
    CHAIN(1, 0),

    /** Is added to them as a whole, which rounds less for many terms. */
    ADD(0, 1);

    private final float before;
    private final float after;

    Into(float before, float after) {
      this.before = before;
      this.after = after;
    }

    /** Returns the factor of what is there before the terms are added to it. */
    float before() {
      return before;
    }

    /** Returns the factor of what is there that is added to the sum. */
    float after() {
      return after;
    }
  }

  /**
   * Sums products over some tiles for 8 inputs and 32 outputs.
   *
   * @param v the inputs, {@link GemmKernel#DEPTH} from tile to tile
   * @param vAt the first tile's first input
   * @param d the outputs' gradients, {@link GemmKernel#COLUMNS} from tile to tile
   * @param dAt the first tile's first output
   * @param tiles the number of tiles
   * @param m the sums, {@link GemmKernel#COLUMNS} from input to input
   * @param mAt the first of them
   * @param columns the outputs that are used, from {@link GemmKernel#used}
   * @param into how the sums join m
   */
  static void sum(
      float[] v,
      int vAt,
      float[] d,
      int dAt,
      int tiles,
      float[] m,
      int mAt,
      int columns,
      Into into) {
    if (NARROW || columns < COLUMNS) {
      for (int c = 0; c < columns; c += LANES) {
        narrow(v, vAt, d, dAt + c, tiles, m, mAt + c, into.before, into.after);
      }
    } else {
      wide(v, vAt, d, dAt, tiles, m, mAt, into.before, into.after);
    }
  }

  private static void wide(
      float[] v,
      int vAt,
      float[] d,
      int dAt,
      int tiles,
      float[] m,
      int mAt,
      float before,
      float after) {
    FloatVector f = FloatVector.broadcast(SPECIES, before);
    FloatVector a0 = FloatVector.fromArray(SPECIES, m, mAt).mul(f);
    FloatVector a1 = FloatVector.fromArray(SPECIES, m, mAt + LANES).mul(f);
    FloatVector b0 = FloatVector.fromArray(SPECIES, m, mAt + COLUMNS).mul(f);
    FloatVector b1 = FloatVector.fromArray(SPECIES, m, mAt + COLUMNS + LANES).mul(f);
    FloatVector c0 = FloatVector.fromArray(SPECIES, m, mAt + 2 * COLUMNS).mul(f);
    FloatVector c1 = FloatVector.fromArray(SPECIES, m, mAt + 2 * COLUMNS + LANES).mul(f);
    FloatVector d0 = FloatVector.fromArray(SPECIES, m, mAt + 3 * COLUMNS).mul(f);
    FloatVector d1 = FloatVector.fromArray(SPECIES, m, mAt + 3 * COLUMNS + LANES).mul(f);
    FloatVector e0 = FloatVector.fromArray(SPECIES, m, mAt + 4 * COLUMNS).mul(f);
    FloatVector e1 = FloatVector.fromArray(SPECIES, m, mAt + 4 * COLUMNS + LANES).mul(f);
    FloatVector f0 = FloatVector.fromArray(SPECIES, m, mAt + 5 * COLUMNS).mul(f);
    FloatVector f1 = FloatVector.fromArray(SPECIES, m, mAt + 5 * COLUMNS + LANES).mul(f);
    FloatVector g0 = FloatVector.fromArray(SPECIES, m, mAt + 6 * COLUMNS).mul(f);
    FloatVector g1 = FloatVector.fromArray(SPECIES, m, mAt + 6 * COLUMNS + LANES).mul(f);
    FloatVector h0 = FloatVector.fromArray(SPECIES, m, mAt + 7 * COLUMNS).mul(f);
    FloatVector h1 = FloatVector.fromArray(SPECIES, m, mAt + 7 * COLUMNS + LANES).mul(f);
    for (int t = 0; t < tiles; t++) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, d, dAt + t * COLUMNS);
      FloatVector y1 = FloatVector.fromArray(SPECIES, d, dAt + t * COLUMNS + LANES);
      int at = vAt + t * DEPTH;
      FloatVector x = FloatVector.broadcast(SPECIES, v[at]);
      a0 = x.fma(y0, a0);
      a1 = x.fma(y1, a1);
      x = FloatVector.broadcast(SPECIES, v[at + 1]);
      b0 = x.fma(y0, b0);
      b1 = x.fma(y1, b1);
      x = FloatVector.broadcast(SPECIES, v[at + 2]);
      c0 = x.fma(y0, c0);
      c1 = x.fma(y1, c1);
      x = FloatVector.broadcast(SPECIES, v[at + 3]);
      d0 = x.fma(y0, d0);
      d1 = x.fma(y1, d1);
      x = FloatVector.broadcast(SPECIES, v[at + 4]);
      e0 = x.fma(y0, e0);
      e1 = x.fma(y1, e1);
      x = FloatVector.broadcast(SPECIES, v[at + 5]);
      f0 = x.fma(y0, f0);
      f1 = x.fma(y1, f1);
      x = FloatVector.broadcast(SPECIES, v[at + 6]);
      g0 = x.fma(y0, g0);
      g1 = x.fma(y1, g1);
      x = FloatVector.broadcast(SPECIES, v[at + 7]);
      h0 = x.fma(y0, h0);
      h1 = x.fma(y1, h1);
    }
    f = FloatVector.broadcast(SPECIES, after);
    FloatVector.fromArray(SPECIES, m, mAt).fma(f, a0).intoArray(m, mAt);
    FloatVector.fromArray(SPECIES, m, mAt + LANES).fma(f, a1).intoArray(m, mAt + LANES);
    FloatVector.fromArray(SPECIES, m, mAt + COLUMNS).fma(f, b0).intoArray(m, mAt + COLUMNS);
    FloatVector.fromArray(SPECIES, m, mAt + COLUMNS + LANES)
        .fma(f, b1)
        .intoArray(m, mAt + COLUMNS + LANES);
    FloatVector.fromArray(SPECIES, m, mAt + 2 * COLUMNS).fma(f, c0).intoArray(m, mAt + 2 * COLUMNS);
    FloatVector.fromArray(SPECIES, m, mAt + 2 * COLUMNS + LANES)
        .fma(f, c1)
        .intoArray(m, mAt + 2 * COLUMNS + LANES);
    FloatVector.fromArray(SPECIES, m, mAt + 3 * COLUMNS).fma(f, d0).intoArray(m, mAt + 3 * COLUMNS);
    FloatVector.fromArray(SPECIES, m, mAt + 3 * COLUMNS + LANES)
        .fma(f, d1)
        .intoArray(m, mAt + 3 * COLUMNS + LANES);
    FloatVector.fromArray(SPECIES, m, mAt + 4 * COLUMNS).fma(f, e0).intoArray(m, mAt + 4 * COLUMNS);
    FloatVector.fromArray(SPECIES, m, mAt + 4 * COLUMNS + LANES)
        .fma(f, e1)
        .intoArray(m, mAt + 4 * COLUMNS + LANES);
    FloatVector.fromArray(SPECIES, m, mAt + 5 * COLUMNS).fma(f, f0).intoArray(m, mAt + 5 * COLUMNS);
    FloatVector.fromArray(SPECIES, m, mAt + 5 * COLUMNS + LANES)
        .fma(f, f1)
        .intoArray(m, mAt + 5 * COLUMNS + LANES);
    FloatVector.fromArray(SPECIES, m, mAt + 6 * COLUMNS).fma(f, g0).intoArray(m, mAt + 6 * COLUMNS);
    FloatVector.fromArray(SPECIES, m, mAt + 6 * COLUMNS + LANES)
        .fma(f, g1)
        .intoArray(m, mAt + 6 * COLUMNS + LANES);
    FloatVector.fromArray(SPECIES, m, mAt + 7 * COLUMNS).fma(f, h0).intoArray(m, mAt + 7 * COLUMNS);
    FloatVector.fromArray(SPECIES, m, mAt + 7 * COLUMNS + LANES)
        .fma(f, h1)
        .intoArray(m, mAt + 7 * COLUMNS + LANES);
  }

  /** The same for one vector of outputs, where there are 16 registers or 16 outputs. */
  private static void narrow(
      float[] v,
      int vAt,
      float[] d,
      int dAt,
      int tiles,
      float[] m,
      int mAt,
      float before,
      float after) {
    FloatVector f = FloatVector.broadcast(SPECIES, before);
    FloatVector s0 = FloatVector.fromArray(SPECIES, m, mAt).mul(f);
    FloatVector s1 = FloatVector.fromArray(SPECIES, m, mAt + COLUMNS).mul(f);
    FloatVector s2 = FloatVector.fromArray(SPECIES, m, mAt + 2 * COLUMNS).mul(f);
    FloatVector s3 = FloatVector.fromArray(SPECIES, m, mAt + 3 * COLUMNS).mul(f);
    FloatVector s4 = FloatVector.fromArray(SPECIES, m, mAt + 4 * COLUMNS).mul(f);
    FloatVector s5 = FloatVector.fromArray(SPECIES, m, mAt + 5 * COLUMNS).mul(f);
    FloatVector s6 = FloatVector.fromArray(SPECIES, m, mAt + 6 * COLUMNS).mul(f);
    FloatVector s7 = FloatVector.fromArray(SPECIES, m, mAt + 7 * COLUMNS).mul(f);
    for (int t = 0; t < tiles; t++) {
      FloatVector y = FloatVector.fromArray(SPECIES, d, dAt + t * COLUMNS);
      int at = vAt + t * DEPTH;
      s0 = FloatVector.broadcast(SPECIES, v[at]).fma(y, s0);
      s1 = FloatVector.broadcast(SPECIES, v[at + 1]).fma(y, s1);
      s2 = FloatVector.broadcast(SPECIES, v[at + 2]).fma(y, s2);
      s3 = FloatVector.broadcast(SPECIES, v[at + 3]).fma(y, s3);
      s4 = FloatVector.broadcast(SPECIES, v[at + 4]).fma(y, s4);
      s5 = FloatVector.broadcast(SPECIES, v[at + 5]).fma(y, s5);
      s6 = FloatVector.broadcast(SPECIES, v[at + 6]).fma(y, s6);
      s7 = FloatVector.broadcast(SPECIES, v[at + 7]).fma(y, s7);
    }
    f = FloatVector.broadcast(SPECIES, after);
    FloatVector.fromArray(SPECIES, m, mAt).fma(f, s0).intoArray(m, mAt);
    FloatVector.fromArray(SPECIES, m, mAt + COLUMNS).fma(f, s1).intoArray(m, mAt + COLUMNS);
    FloatVector.fromArray(SPECIES, m, mAt + 2 * COLUMNS).fma(f, s2).intoArray(m, mAt + 2 * COLUMNS);
    FloatVector.fromArray(SPECIES, m, mAt + 3 * COLUMNS).fma(f, s3).intoArray(m, mAt + 3 * COLUMNS);
    FloatVector.fromArray(SPECIES, m, mAt + 4 * COLUMNS).fma(f, s4).intoArray(m, mAt + 4 * COLUMNS);
    FloatVector.fromArray(SPECIES, m, mAt + 5 * COLUMNS).fma(f, s5).intoArray(m, mAt + 5 * COLUMNS);
    FloatVector.fromArray(SPECIES, m, mAt + 6 * COLUMNS).fma(f, s6).intoArray(m, mAt + 6 * COLUMNS);
    FloatVector.fromArray(SPECIES, m, mAt + 7 * COLUMNS).fma(f, s7).intoArray(m, mAt + 7 * COLUMNS);
  }

  /**
   * Sums the gradients of 32 outputs over some tiles, for the biases.
   *
   * @param d the gradients, {@link GemmKernel#COLUMNS} from tile to tile
   * @param dAt the first
   * @param tiles the number of tiles
   * @param m the sums
   * @param mAt the first of them
   * @param into how the sums join m
   */
  static void sum(float[] d, int dAt, int tiles, float[] m, int mAt, Into into) {
    for (int c = 0; c < COLUMNS; c += LANES) {
      FloatVector before = FloatVector.fromArray(SPECIES, m, mAt + c);
      FloatVector sum = before.mul(into.before);
      for (int t = 0; t < tiles; t++) {
        sum = sum.add(FloatVector.fromArray(SPECIES, d, dAt + t * COLUMNS + c));
      }
      before.fma(FloatVector.broadcast(SPECIES, into.after), sum).intoArray(m, mAt + c);
    }
  }
}
