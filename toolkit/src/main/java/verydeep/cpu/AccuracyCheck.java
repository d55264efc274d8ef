package verydeep.cpu;

import java.util.SplittableRandom;

/**
 * Whether a layer's weights bear a fast form: one drawn tile through some output channels, in 32
 * bits by the form and in 64 bits directly. Weights of usual sizes lose a few parts in ten million;
 * those near the ends of what 32 bits hold lose all, since G divides them by up to 8100 and sums of
 * products are up to 100 times the outputs.
 */
final class AccuracyCheck {

  /**
   * Most that F(4x4, 3x3) and F(2x2, 7x7) may lose, in parts of the largest of this few outputs. A
   * whole layer's largest is three times that or more: so a layer loses less than 1e-5.
   */
  private static final double FAST = 3e-5;

  /** Most that F(2x2, 3x3) may lose, likewise. */
  private static final double EXACT = 6e-6;

  private static final int CHANNELS = 8;

  private AccuracyCheck() {}

  /** The fastest form, from the wanted one down, that the weights bear. */
  static Winograd choose(Panels.Source source, Winograd wanted) {
    if (wanted.outputs() == 4 && error(source, Winograd.FOUR) <= FAST) {
      return Winograd.FOUR;
    }
    boolean two = wanted.outputs() >= 2 && error(source, Winograd.TWO) <= EXACT;
    return two ? Winograd.TWO : Winograd.direct(source.kernel());
  }

  /** Whether a fully connected layer over maps larger than its window bears F(2x2, 7x7). */
  static boolean bearsSeven(Panels.Source source) {
    return error(source, Winograd.SEVEN) <= FAST;
  }

  /** The largest error of the tile's outputs in parts of the largest; infinite if one is lost. */
  static double error(Panels.Source source, Winograd form) {
    int side = form.tile();
    double[][] tiles = new double[source.inputs()][side * side];
    var random = new SplittableRandom(1);
    for (double[] tile : tiles) {
      for (int i = 0; i < tile.length; i++) {
        tile[i] = (float) Math.max(0, random.nextGaussian());
      }
    }
    double largest = 0;
    double error = 0;
    int step = Math.max(1, source.outputs() / CHANNELS);
    for (int o = 0; o < source.outputs(); o += step) {
      double[] kernels = source.row(o);
      double[] wanted = direct(form, tiles, kernels);
      double[] given = fast(form, tiles, kernels);
      for (int i = 0; i < wanted.length; i++) {
        largest = Math.max(largest, Math.abs(wanted[i]));
        double difference = Math.abs(given[i] - wanted[i]);
        error = difference >= 0 ? Math.max(error, difference) : Double.POSITIVE_INFINITY;
      }
    }
    return largest == 0 ? error : error / largest;
  }

  private static double[] direct(Winograd form, double[][] tiles, double[] kernels) {
    int m = form.outputs();
    int side = form.tile();
    int kernel = form.kernel();
    int window = kernel * kernel;
    double[] sums = new double[m * m];
    for (int c = 0; c < tiles.length; c++) {
      for (int o = 0; o < sums.length; o++) {
        for (int k = 0; k < window; k++) {
          int at = (o / m + k / kernel) * side + o % m + k % kernel;
          sums[o] += tiles[c][at] * (float) kernels[window * c + k];
        }
      }
    }
    return sums;
  }

  private static double[] fast(Winograd form, double[][] tiles, double[] kernels) {
    float[] sums = new float[form.products()];
    double[] kernel = new double[form.kernel() * form.kernel()];
    double[] u = new double[sums.length];
    double[] v = new double[sums.length];
    for (int c = 0; c < tiles.length; c++) {
      System.arraycopy(kernels, kernel.length * c, kernel, 0, kernel.length);
      Winograd.sandwich(form.g(), kernel, u);
      Winograd.sandwich(form.b(), tiles[c], v);
      for (int p = 0; p < sums.length; p++) {
        sums[p] = Math.fma((float) u[p], (float) v[p], sums[p]);
      }
    }
    double[] wide = new double[sums.length];
    for (int p = 0; p < sums.length; p++) {
      wide[p] = sums[p];
    }
    double[] outputs = new double[form.outputs() * form.outputs()];
    Winograd.sandwich(form.a(), wide, outputs);
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = (float) outputs[i];
    }
    return outputs;
  }
}
