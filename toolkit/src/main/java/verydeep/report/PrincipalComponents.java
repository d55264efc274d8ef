package verydeep.report;

import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;
import verydeep.VerydeepException;

/**
 * The directions in which features differ most (principal component analysis), by subspace
 * iteration: only the first few of thousands are needed.
 */
final class PrincipalComponents {

  /** Columns that are iterated beyond those that are needed: the more, the faster it converges. */
  private static final int EXTRA = 8;

  private static final int MOST_ROUNDS = 300;
  private static final double SETTLED = 1e-12;

  private final double[][] coordinates;
  private final double[] shares;

  private PrincipalComponents(double[][] coordinates, double[] shares) {
    this.coordinates = coordinates;
    this.shares = shares;
  }

  /**
   * Finds the first components.
   *
   * @param vectors two or more, of one length
   * @param count how many components, at least 1, fewer than vectors and at most as many as a
   *     vector has numbers
   * @return the components
   * @throws VerydeepException if the count is out of range
   */
  static PrincipalComponents of(List<float[]> vectors, int count) {
    int most = Math.min(vectors.size() - 1, vectors.get(0).length);
    if (count < 1 || count > most) {
      throw new VerydeepException(
          count
              + " components of "
              + vectors.size()
              + " vectors of "
              + vectors.get(0).length
              + " numbers were asked for; from 1 to "
              + most
              + " are possible.");
    }
    DMatrixRMaj centered = centered(vectors);
    int columns = Math.min(vectors.get(0).length, Math.min(vectors.size() - 1, count + EXTRA));
    DMatrixRMaj basis = basis(centered, columns);
    return rotated(centered, basis, count);
  }

  private static DMatrixRMaj centered(List<float[]> vectors) {
    int rows = vectors.size();
    int columns = vectors.get(0).length;
    DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
    double[] mean = new double[columns];
    for (int i = 0; i < rows; i++) {
      float[] vector = vectors.get(i);
      for (int j = 0; j < columns; j++) {
        matrix.set(i, j, vector[j]);
        mean[j] += vector[j] / (double) rows;
      }
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        matrix.add(i, j, -mean[j]);
      }
    }
    return matrix;
  }

  /** An orthonormal basis of the directions with the most variance, numbers x columns. */
  private static DMatrixRMaj basis(DMatrixRMaj centered, int columns) {
    DMatrixRMaj basis =
        RandomMatrices_DDRM.rectangle(
            centered.numCols, columns, new Random(0)); // any start will do
    DMatrixRMaj onto = new DMatrixRMaj(centered.numRows, columns);
    double before = 0;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      basis = orthonormal(basis);
      CommonOps_DDRM.mult(centered, basis, onto);
      double variance = CommonOps_DDRM.elementSum(squared(onto));
      if (round > 2 && Math.abs(variance - before) <= SETTLED * variance) {
        break;
      }
      before = variance;
      CommonOps_DDRM.multTransA(centered, onto, basis);
    }
    return orthonormal(basis);
  }

  private static DMatrixRMaj squared(DMatrixRMaj matrix) {
    DMatrixRMaj squares = new DMatrixRMaj(matrix.numRows, matrix.numCols);
    CommonOps_DDRM.elementMult(matrix, matrix, squares);
    return squares;
  }

  private static DMatrixRMaj orthonormal(DMatrixRMaj matrix) {
    QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(matrix.numRows, matrix.numCols);
    qr.decompose(matrix.copy());
    return qr.getQ(null, true);
  }

  /** Within the basis the components are the eigenvectors of a small matrix. */
  private static PrincipalComponents rotated(DMatrixRMaj centered, DMatrixRMaj basis, int count) {
    int columns = basis.numCols;
    DMatrixRMaj onto = new DMatrixRMaj(centered.numRows, columns);
    CommonOps_DDRM.mult(centered, basis, onto);
    DMatrixRMaj small = new DMatrixRMaj(columns, columns);
    CommonOps_DDRM.multTransA(onto, onto, small);
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(columns, true, true);
    eigen.decompose(small);
    double all = CommonOps_DDRM.elementSum(squared(centered));
    double[][] coordinates = new double[centered.numRows][count];
    double[] shares = new double[count];
    boolean[] used = new boolean[columns];
    for (int k = 0; k < count; k++) {
      int largest = -1;
      for (int i = 0; i < columns; i++) {
        if (!used[i]
            && (largest < 0
                || eigen.getEigenvalue(i).getReal() > eigen.getEigenvalue(largest).getReal())) {
          largest = i;
        }
      }
      used[largest] = true;
      shares[k] = all == 0 ? 0 : Math.max(0, eigen.getEigenvalue(largest).getReal()) / all;
      DMatrixRMaj direction = new DMatrixRMaj(centered.numRows, 1);
      CommonOps_DDRM.mult(onto, eigen.getEigenVector(largest), direction);
      double sign = sign(direction.data);
      for (int i = 0; i < coordinates.length; i++) {
        coordinates[i][k] = sign * direction.data[i];
      }
    }
    return new PrincipalComponents(coordinates, shares);
  }

  /** A direction has no sign of its own: the outermost vector gets a positive coordinate. */
  private static double sign(double[] values) {
    double farthest = 0;
    for (double value : values) {
      farthest = Math.abs(value) > Math.abs(farthest) ? value : farthest;
    }
    return farthest < 0 ? -1 : 1;
  }

  /**
   * Where a vector lies along a component, from the mean of all.
   *
   * @param vector the vector's index
   * @param component 0 for the first
   * @return the coordinate; that of the outermost vector is positive
   */
  double coordinate(int vector, int component) {
    return coordinates[vector][component];
  }

  /**
   * How much of all variance lies along a component.
   *
   * @param component 0 for the first
   * @return from 0 to 1
   */
  double share(int component) {
    return shares[component];
  }

  /** How much of the variance each component holds. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(shares.length + " principal components, with ");
    for (int k = 0; k < shares.length; k++) {
      text.append(k == 0 ? "" : ", ").append("%.1f%%".formatted(100 * shares[k]));
    }
    return text.append(" of the variance").toString();
  }
}
