package verydeep.internal.cpu;

import verydeep.network.Layer;

/**
 * A-LRN's normalization in training, after a ReLU. Forward ({@link PixelStep}), y_c = x_c s_c^-b
 * with s_c = k + a times the sum of x_j^2 over the channels j near c. Backward, since each x_i is
 * also in the sums of the channels near i,
 *
 * <pre>dx_i = dy_i s_i^-b - 2 a b x_i times the sum of dy_c x_c s_c^(-b-1) over c near i</pre>
 */
final class LearnedNormalization {

  private LearnedNormalization() {}

  /**
   * Computes gradients of the inputs.
   *
   * @param layer the normalization
   * @param relu whether those of the inputs of the ReLU before it are wanted
   * @param x the activations that it received
   * @param gradient the gradients of its outputs
   * @param to receives the others, and may be the same
   * @param team the threads that share the work
   */
  static void backward(
      Layer.LocalResponseNormalization layer,
      boolean relu,
      Maps x,
      Maps gradient,
      Maps to,
      Team team) {
    int rows = x.shape().height();
    team.run(
        x.images() * rows,
        (index, member) -> {
          double[] channels = new double[x.shape().channels()];
          double[] slopes = new double[channels.length];
          for (int column = 0; column < x.shape().width(); column++) {
            int image = index / rows;
            int row = index % rows;
            load(x, image, row, column, channels);
            load(gradient, image, row, column, slopes);
            backward(layer, relu, channels, slopes);
            store(slopes, to, image, row, column);
          }
        });
  }

  private static void load(Maps maps, int image, int row, int column, double[] channels) {
    for (int c = 0; c < channels.length; c++) {
      int at = maps.at(image, c / maps.pixel(), row, column) + c % maps.pixel();
      channels[c] = maps.data()[at];
    }
  }

  private static void store(double[] channels, Maps maps, int image, int row, int column) {
    for (int c = 0; c < channels.length; c++) {
      int at = maps.at(image, c / maps.pixel(), row, column) + c % maps.pixel();
      maps.data()[at] = (float) channels[c];
    }
  }

  /** Does the channels of a pixel. */
  private static void backward(
      Layer.LocalResponseNormalization layer, boolean relu, double[] x, double[] slopes) {
    int reach = layer.neighbours() / 2;
    double[] own = new double[x.length];
    double[] shares = new double[x.length];
    for (int c = 0; c < x.length; c++) {
      double sum = layer.k();
      for (int j = Math.max(0, c - reach); j <= Math.min(x.length - 1, c + reach); j++) {
        sum += layer.alpha() * x[j] * x[j];
      }
      double power = PixelStep.power(layer, sum);
      shares[c] = slopes[c] * x[c] / (power * sum);
      own[c] = slopes[c] / power;
    }
    double factor = 2 * layer.alpha() * layer.beta();
    for (int i = 0; i < x.length; i++) {
      double sum = 0;
      for (int c = Math.max(0, i - reach); c <= Math.min(x.length - 1, i + reach); c++) {
        sum += shares[c];
      }
      slopes[i] = relu && !(x[i] > 0) ? 0 : own[i] - factor * x[i] * sum;
    }
  }
}
