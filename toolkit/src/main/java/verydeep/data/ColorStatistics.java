package verydeep.data;

import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import verydeep.VerydeepException;
import verydeep.internal.images.ColorSums;

/**
 * The mean and covariance of a training set's RGB values, in units of 0-255, over every pixel of
 * every image as stored: a large image counts more than a small one. They follow from sums of
 * integers, so they do not depend on the number of threads.
 */
public final class ColorStatistics {
  private final Rgb mean;
  private final double[][] covariance;
  private final double[] eigenvalues = new double[3];
  private final double[][] eigenvectors = new double[3][3];

  private ColorStatistics(Rgb mean, double[][] covariance) {
    this.mean = mean;
    this.covariance = covariance;
    decompose();
  }

  /**
   * Computes the statistics, decoding every image once, in parallel.
   *
   * @param images all images a network is trained on
   * @return their mean color and its covariance
   * @throws UnreadableImageException if an image cannot be read
   */
  public static ColorStatistics of(Images images) {
    if (images.size() == 0) {
      throw new VerydeepException(
          "Color statistics need at least one image; there are none in " + images + ".");
    }
    ColorSums sums =
        IntStream.range(0, images.size())
            .parallel()
            .mapToObj(i -> ColorSums.of(images.image(i).rgb()))
            .reduce(ColorSums.NONE, ColorSums::plus);
    double[] mean = sums.mean();
    return of(new Rgb(mean[0], mean[1], mean[2]), sums.covariance());
  }

  /**
   * Creates statistics from known values, for example from a checkpoint.
   *
   * @param mean the mean color, in 0-255
   * @param covariance the symmetric 3 x 3 covariance of red, green and blue, in squared units of
   *     0-255
   * @return the statistics
   */
  public static ColorStatistics of(Rgb mean, double[][] covariance) {
    double[][] copy = new double[3][3];
    for (int i = 0; i < 9; i++) {
      if (covariance.length != 3 || covariance[i / 3].length != 3) {
        throw new VerydeepException("The covariance of RGB must be a 3 x 3 matrix.");
      }
      copy[i / 3][i % 3] = covariance[i / 3][i % 3];
      if (copy[i / 3][i % 3] != covariance[i % 3][i / 3]) {
        throw new VerydeepException("The covariance must be symmetric, without NaN.");
      }
    }
    return new ColorStatistics(mean, copy);
  }

  /**
   * Decomposes the covariance: largest eigenvalue first, with each eigenvector's largest component
   * positive.
   */
  private void decompose() {
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(3, true, true);
    if (!eigen.decompose(new DMatrixRMaj(covariance))) {
      throw new VerydeepException("The eigenvectors of the color covariance cannot be computed.");
    }
    int[] order =
        IntStream.range(0, 3)
            .boxed()
            .sorted((i, j) -> Double.compare(value(eigen, j), value(eigen, i)))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int axis = 0; axis < 3; axis++) {
      DMatrixRMaj vector = eigen.getEigenVector(order[axis]);
      double sign = 0;
      for (int i = 0; i < 3; i++) {
        sign = Math.abs(vector.get(i)) > Math.abs(sign) + 1e-9 ? vector.get(i) : sign;
      }
      eigenvalues[axis] = Math.max(0, value(eigen, order[axis]));
      for (int i = 0; i < 3; i++) {
        eigenvectors[axis][i] = vector.get(i) * Math.signum(sign);
      }
    }
  }

  private static double value(EigenDecomposition_F64<DMatrixRMaj> eigen, int index) {
    return eigen.getEigenvalue(index).getReal();
  }

  /** {@return the mean color in 0-255, which {@link Preprocessing#paper} subtracts} */
  public Rgb mean() {
    return mean;
  }

  /** {@return the covariance of red, green and blue, 3 x 3, in squared units of 0-255; a copy} */
  public double[][] covariance() {
    return new double[][] {covariance[0].clone(), covariance[1].clone(), covariance[2].clone()};
  }

  /**
   * {@return the variances along the three principal axes, largest first, in squared units of
   * 0-255; a copy}
   */
  public double[] eigenvalues() {
    return eigenvalues.clone();
  }

  /**
   * {@return the principal axes, one per row, in the order of the eigenvalues, as (R, G, B) of
   * length 1; a copy}
   */
  public double[][] eigenvectors() {
    return new double[][] {
      eigenvectors[0].clone(), eigenvectors[1].clone(), eigenvectors[2].clone()
    };
  }

  /**
   * Returns the color shift of section 3.1, {@code [p1 p2 p3][a1 l1, a2 l2, a3 l3]^T}, in units of
   * 0-255, to be added to every pixel of one image.
   *
   * <p>Since l is a variance, the size of the shift depends on the unit of a pixel, which the paper
   * leaves open. Here l is for pixels in 0-1 and the sum is scaled back to 0-255, that is, l =
   * {@link #eigenvalues()} / 255. The usual constants for ImageNet follow the same convention
   * (0.2175, 0.0188, 0.0045; times 255: 55.46, 4.794, 1.148): with a std of 0.1 for a, the
   * brightness moves by about 5 levels. In units of 0-255 throughout, it would move by about 1,400.
   *
   * @param a1 the random factor of the first axis
   * @param a2 the random factor of the second axis
   * @param a3 the random factor of the third axis
   * @return the amounts to add to red, green and blue
   */
  public Rgb shift(double a1, double a2, double a3) {
    double[] a = {a1, a2, a3};
    double[] sum = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      for (int channel = 0; channel < 3; channel++) {
        sum[channel] += eigenvectors[axis][channel] * a[axis] * eigenvalues[axis] / 255;
      }
    }
    return new Rgb(sum[0], sum[1], sum[2]);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "mean RGB %.1f %.1f %.1f, std along the axes %.1f %.1f %.1f (0-255)",
        mean.red(),
        mean.green(),
        mean.blue(),
        Math.sqrt(eigenvalues[0]),
        Math.sqrt(eigenvalues[1]),
        Math.sqrt(eigenvalues[2]));
  }
}
