package verydeep.internal.cpu;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Checks whether a layer's weights tolerate a fast form: one random tile goes through some output
 * channels, by the form in 32 bits and directly in 64 bits. Weights of usual sizes lose a few parts
 * in ten million; those near the limits of 32 bits lose everything, since the rows of G are as
 * small as 1/90 and sums of products are larger than the outputs.
 */
final class AccuracyCheck {

  /**
   * The largest error allowed for F(4x4, 3x3), F(2x2, 5x5) and F(2x2, 7x7), relative to the largest
   * of these few outputs. A whole layer's largest output is at least three times that, so a layer
   * loses less than 1e-5.
   */
  private static final double FAST = 3e-5;

  /** The largest error allowed for F(2x2, 3x3), likewise. */
  private static final double EXACT = 6e-6;

  private static final int CHANNELS = 8;

  private AccuracyCheck() {}

  /** Returns the fastest form, from the wanted one down, that the weights tolerate. */
  static Winograd choose(WeightSource source, Winograd wanted) {
    Winograd form = wanted.forKernel(source.kernel());
    if (form.tile() == 6 && error(source, form) <= FAST) {
      return form;
    }
    boolean two =
        source.kernel() == 3 && wanted.outputs() >= 2 && error(source, Winograd.TWO) <= EXACT;
    return two ? Winograd.TWO : Winograd.direct(source.kernel());
  }

  /**
   * Returns whether a fully connected layer over maps larger than its window tolerates F(2x2, 7x7).
   */
  static boolean bearsSeven(WeightSource source) {
    return error(source, Winograd.SEVEN) <= FAST;
  }

  /**
   * Returns the largest error of the tile's outputs relative to the largest; infinite if one is
   * lost.
   */
  static double error(WeightSource source, Winograd form) {
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
    float[] part = new float[form.products()];
    double[] kernel = new double[form.kernel() * form.kernel()];
    double[] u = new double[sums.length];
    double[] v = new double[sums.length];
    for (int c = 0; c < tiles.length; c++) {
      System.arraycopy(kernels, kernel.length * c, kernel, 0, kernel.length);
      Winograd.sandwich(form.g(), kernel, u);
      Winograd.sandwich(form.b(), tiles[c], v);
      for (int p = 0; p < sums.length; p++) {
        part[p] = Math.fma((float) u[p], (float) v[p], part[p]);
      }
      if (c % GemmKernel.DEPTH == GemmKernel.DEPTH - 1 || c == tiles.length - 1) {
        for (int p = 0; p < sums.length; p++) {
          sums[p] += part[p];
        }
        Arrays.fill(part, 0);
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
