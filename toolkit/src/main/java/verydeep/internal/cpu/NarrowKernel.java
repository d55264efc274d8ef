package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link GemmKernel}'s form for 16 registers of 256 bits: 12 rows times a vector of columns, with
 * 12 sums in registers, for one vector after another. It runs at 90% of the processor's
 * multiply-add rate, on JDK 17 and 25 alike; {@link WideKernel}'s six rows ran at 43%, since the
 * JVM's compiler unrolls that loop and then runs out of registers. A loop of 12 rows is too long to
 * be unrolled, and uses each number it loads from the rows once. On wider vectors it multiplies
 * blocks of which only half is used.
 */
final class NarrowKernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = GemmKernel.LANES;
  private static final int COLUMNS = GemmKernel.COLUMNS;
  private static final int DEPTH = GemmKernel.DEPTH;

  private NarrowKernel() {}

  /** Multiplies 12 rows and adds 12 of s, with arguments as for {@link GemmKernel#add}. */
  static void twelve(
      float[] v,
      int vAt,
      float[] u,
      int uAt,
      float[] s,
      int sAt,
      float[] m,
      int mAt,
      int depth,
      int columns) {
    for (int c = 0; c < columns; c += LANES) {
      twelveByVector(v, vAt, u, uAt + c, s, sAt + c, m, mAt + c, depth);
    }
  }

  /** Multiplies 6 rows, for the remainder of 12 and for one image's fully connected layers. */
  static void six(
      float[] v,
      int vAt,
      float[] u,
      int uAt,
      float[] s,
      int sAt,
      float[] m,
      int mAt,
      int depth,
      int columns) {
    for (int c = 0; c < columns; c += LANES) {
      sixByVector(v, vAt, u, uAt + c, s, sAt + c, m, mAt + c, depth);
    }
  }

  /** Multiplies 12 rows by a vector of columns. */
  private static void twelveByVector(
      float[] v, int vAt, float[] u, int uAt, float[] s, int sAt, float[] m, int mAt, int depth) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector s0 = zero;
    FloatVector s1 = zero;
    FloatVector s2 = zero;
    FloatVector s3 = zero;
    FloatVector s4 = zero;
    FloatVector s5 = zero;
    FloatVector s6 = zero;
    FloatVector s7 = zero;
    FloatVector s8 = zero;
    FloatVector s9 = zero;
    FloatVector s10 = zero;
    FloatVector s11 = zero;
    for (int k = 0; k < depth; k++) {
      FloatVector w = FloatVector.fromArray(SPECIES, u, uAt + k * COLUMNS);
      s0 = FloatVector.broadcast(SPECIES, v[vAt + k]).fma(w, s0);
      s1 = FloatVector.broadcast(SPECIES, v[vAt + DEPTH + k]).fma(w, s1);
      s2 = FloatVector.broadcast(SPECIES, v[vAt + 2 * DEPTH + k]).fma(w, s2);
      s3 = FloatVector.broadcast(SPECIES, v[vAt + 3 * DEPTH + k]).fma(w, s3);
      s4 = FloatVector.broadcast(SPECIES, v[vAt + 4 * DEPTH + k]).fma(w, s4);
      s5 = FloatVector.broadcast(SPECIES, v[vAt + 5 * DEPTH + k]).fma(w, s5);
      s6 = FloatVector.broadcast(SPECIES, v[vAt + 6 * DEPTH + k]).fma(w, s6);
      s7 = FloatVector.broadcast(SPECIES, v[vAt + 7 * DEPTH + k]).fma(w, s7);
      s8 = FloatVector.broadcast(SPECIES, v[vAt + 8 * DEPTH + k]).fma(w, s8);
      s9 = FloatVector.broadcast(SPECIES, v[vAt + 9 * DEPTH + k]).fma(w, s9);
      s10 = FloatVector.broadcast(SPECIES, v[vAt + 10 * DEPTH + k]).fma(w, s10);
      s11 = FloatVector.broadcast(SPECIES, v[vAt + 11 * DEPTH + k]).fma(w, s11);
    }
    s0.add(FloatVector.fromArray(SPECIES, s, sAt)).intoArray(m, mAt);
    s1.add(FloatVector.fromArray(SPECIES, s, sAt + COLUMNS)).intoArray(m, mAt + COLUMNS);
    s2.add(FloatVector.fromArray(SPECIES, s, sAt + 2 * COLUMNS)).intoArray(m, mAt + 2 * COLUMNS);
    s3.add(FloatVector.fromArray(SPECIES, s, sAt + 3 * COLUMNS)).intoArray(m, mAt + 3 * COLUMNS);
    s4.add(FloatVector.fromArray(SPECIES, s, sAt + 4 * COLUMNS)).intoArray(m, mAt + 4 * COLUMNS);
    s5.add(FloatVector.fromArray(SPECIES, s, sAt + 5 * COLUMNS)).intoArray(m, mAt + 5 * COLUMNS);
    s6.add(FloatVector.fromArray(SPECIES, s, sAt + 6 * COLUMNS)).intoArray(m, mAt + 6 * COLUMNS);
    s7.add(FloatVector.fromArray(SPECIES, s, sAt + 7 * COLUMNS)).intoArray(m, mAt + 7 * COLUMNS);
    s8.add(FloatVector.fromArray(SPECIES, s, sAt + 8 * COLUMNS)).intoArray(m, mAt + 8 * COLUMNS);
    s9.add(FloatVector.fromArray(SPECIES, s, sAt + 9 * COLUMNS)).intoArray(m, mAt + 9 * COLUMNS);
    s10.add(FloatVector.fromArray(SPECIES, s, sAt + 10 * COLUMNS)).intoArray(m, mAt + 10 * COLUMNS);
    s11.add(FloatVector.fromArray(SPECIES, s, sAt + 11 * COLUMNS)).intoArray(m, mAt + 11 * COLUMNS);
  }

  /** Multiplies 6 rows by a vector of columns. */
  private static void sixByVector(
      float[] v, int vAt, float[] u, int uAt, float[] s, int sAt, float[] m, int mAt, int depth) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector s0 = zero;
    FloatVector s1 = zero;
    FloatVector s2 = zero;
    FloatVector s3 = zero;
    FloatVector s4 = zero;
    FloatVector s5 = zero;
    for (int k = 0; k < depth; k++) {
      FloatVector w = FloatVector.fromArray(SPECIES, u, uAt + k * COLUMNS);
      s0 = FloatVector.broadcast(SPECIES, v[vAt + k]).fma(w, s0);
      s1 = FloatVector.broadcast(SPECIES, v[vAt + DEPTH + k]).fma(w, s1);
      s2 = FloatVector.broadcast(SPECIES, v[vAt + 2 * DEPTH + k]).fma(w, s2);
      s3 = FloatVector.broadcast(SPECIES, v[vAt + 3 * DEPTH + k]).fma(w, s3);
      s4 = FloatVector.broadcast(SPECIES, v[vAt + 4 * DEPTH + k]).fma(w, s4);
      s5 = FloatVector.broadcast(SPECIES, v[vAt + 5 * DEPTH + k]).fma(w, s5);
    }
    s0.add(FloatVector.fromArray(SPECIES, s, sAt)).intoArray(m, mAt);
    s1.add(FloatVector.fromArray(SPECIES, s, sAt + COLUMNS)).intoArray(m, mAt + COLUMNS);
    s2.add(FloatVector.fromArray(SPECIES, s, sAt + 2 * COLUMNS)).intoArray(m, mAt + 2 * COLUMNS);
    s3.add(FloatVector.fromArray(SPECIES, s, sAt + 3 * COLUMNS)).intoArray(m, mAt + 3 * COLUMNS);
    s4.add(FloatVector.fromArray(SPECIES, s, sAt + 4 * COLUMNS)).intoArray(m, mAt + 4 * COLUMNS);
    s5.add(FloatVector.fromArray(SPECIES, s, sAt + 5 * COLUMNS)).intoArray(m, mAt + 5 * COLUMNS);
  }
}
