package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product of a fully connected layer's gradient with respect to its inputs, with the
 * images in the lanes of a vector: {@code dx[k][image] = sum over o of w[k][o] dy[o][image]}.
 * Weights are read as they lie, and no sum runs over lanes, whose order the JVM does not promise.
 */
final class ColumnKernel {

  /** The inputs multiplied at once. */
  static final int INPUTS = 8;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int COLUMNS = GemmKernel.COLUMNS;

  private ColumnKernel() {}

  /**
   * Adds the products of 8 inputs' weights to a block of outputs, for a vector of images.
   *
   * @param w the weights, {@link GemmKernel#COLUMNS} from input to input
   * @param wAt the first of them
   * @param d the gradients of the block's outputs, each output's images together
   * @param dAt the first
   * @param step the distance between outputs
   * @param m the sums, a vector for each input
   * @param mAt the first of them
   */
  static void multiplyAdd(float[] w, int wAt, float[] d, int dAt, int step, float[] m, int mAt) {
    int lanes = SPECIES.length();
    FloatVector s0 = FloatVector.fromArray(SPECIES, m, mAt);
    FloatVector s1 = FloatVector.fromArray(SPECIES, m, mAt + lanes);
    FloatVector s2 = FloatVector.fromArray(SPECIES, m, mAt + 2 * lanes);
    FloatVector s3 = FloatVector.fromArray(SPECIES, m, mAt + 3 * lanes);
    FloatVector s4 = FloatVector.fromArray(SPECIES, m, mAt + 4 * lanes);
    FloatVector s5 = FloatVector.fromArray(SPECIES, m, mAt + 5 * lanes);
    FloatVector s6 = FloatVector.fromArray(SPECIES, m, mAt + 6 * lanes);
    FloatVector s7 = FloatVector.fromArray(SPECIES, m, mAt + 7 * lanes);
    for (int o = 0; o < COLUMNS; o++) {
      FloatVector y = FloatVector.fromArray(SPECIES, d, dAt + o * step);
      int at = wAt + o;
      s0 = FloatVector.broadcast(SPECIES, w[at]).fma(y, s0);
      s1 = FloatVector.broadcast(SPECIES, w[at + COLUMNS]).fma(y, s1);
      s2 = FloatVector.broadcast(SPECIES, w[at + 2 * COLUMNS]).fma(y, s2);
      s3 = FloatVector.broadcast(SPECIES, w[at + 3 * COLUMNS]).fma(y, s3);
      s4 = FloatVector.broadcast(SPECIES, w[at + 4 * COLUMNS]).fma(y, s4);
      s5 = FloatVector.broadcast(SPECIES, w[at + 5 * COLUMNS]).fma(y, s5);
      s6 = FloatVector.broadcast(SPECIES, w[at + 6 * COLUMNS]).fma(y, s6);
      s7 = FloatVector.broadcast(SPECIES, w[at + 7 * COLUMNS]).fma(y, s7);
    }
    s0.intoArray(m, mAt);
    s1.intoArray(m, mAt + lanes);
    s2.intoArray(m, mAt + 2 * lanes);
    s3.intoArray(m, mAt + 3 * lanes);
    s4.intoArray(m, mAt + 4 * lanes);
    s5.intoArray(m, mAt + 5 * lanes);
    s6.intoArray(m, mAt + 6 * lanes);
    s7.intoArray(m, mAt + 7 * lanes);
  }
}
