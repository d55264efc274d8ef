package verydeep.internal.cpu;

import java.util.Arrays;
import verydeep.network.Layer;

/**
 * A batch normalization with the ReLU that follows, in training. Forward, with the mean m and the
 * variance v of a channel over the n pixels of all images that are computed together,
 *
 * <pre>y = max(0, gamma (z - m) / s + beta), s = sqrt(v + epsilon)</pre>
 *
 * <p>Backward, with dx = dy where y is above 0, dbeta is the sum of dx over these pixels, dgamma
 * that of dx (z - m) / s, and
 *
 * <pre>dz = gamma / s (dx - dbeta / n - (z - m) / s dgamma / n)</pre>
 *
 * <p>A layer that does not learn works as in testing: with the running statistics, so that dz =
 * gamma / s dx. Otherwise these move by a tenth towards m and n / (n - 1) v, as in PyTorch, once
 * for all images that are computed together.
 *
 * <p>Sums over images are taken image by image, so that no number depends on the threads.
 */
final class LearnedBatchNormalization {

  private final LearnedArray gamma;
  private final LearnedArray beta;
  private final RunningStatistics running;

  /** m, and gamma / s. */
  private final float[] mean;

  private final float[] factor;

  /** 1 / s. */
  private final double[] inverse;

  /** What dz has of z - m, and its constant. */
  private final float[] slope;

  private final float[] offset;

  /** The sums of dx and of dx (z - m), image by image. */
  private double[] gradients = new double[0];

  private double[] products = new double[0];

  /**
   * Prepares a layer.
   *
   * @param gamma the factors
   * @param beta the offsets
   * @param running the running statistics
   */
  LearnedBatchNormalization(LearnedArray gamma, LearnedArray beta, RunningStatistics running) {
    this.gamma = gamma;
    this.beta = beta;
    this.running = running;
    int size = gamma.numbers().length;
    mean = running.mean().clone();
    factor = new float[size];
    inverse = new double[size];
    slope = new float[size];
    offset = new float[size];
    for (int c = 0; c < size; c++) {
      scale(c, running.variance()[c]);
    }
  }

  /** Returns a number of channels filled up to whole planes. */
  static int filled(int channels) {
    int pixel = GemmKernel.used(channels);
    return (channels + pixel - 1) / pixel * pixel;
  }

  private void scale(int channel, double variance) {
    inverse[channel] = 1 / Math.sqrt(variance + Layer.BatchNormalization.EPSILON);
    factor[channel] = (float) (gamma.numbers()[channel] * inverse[channel]);
  }

  /** Returns whether the layer takes the statistics of its images, and not those of before. */
  boolean learns() {
    return gamma.learns() || beta.learns();
  }

  /** Starts the sums of a step. */
  void begin() {
    Arrays.fill(gamma.gradient(), 0);
    Arrays.fill(beta.gradient(), 0);
  }

  /** Returns the running statistics, which {@link #observe} moves. */
  RunningStatistics running() {
    return running;
  }

  /**
   * Takes the statistics of images that are computed together: of each image while it is in the
   * cache, squares about its own mean, and then of all of them.
   */
  void observe(Maps z, Team team, Workspace workspace) {
    float[] x = z.data();
    int pixel = z.pixel();
    int width = z.shape().width();
    int height = z.shape().height();
    double each = (double) height * width;
    double[] sums = new double[z.images() * factor.length];
    double[] squares = new double[sums.length];
    float[] centers = new float[sums.length];
    MapRows.Channels statistics =
        (image, plane, c, scratch) -> {
          int first = z.at(image, plane, 0, 0) + c;
          int to = image * factor.length + plane * pixel + c;
          for (int i = 0; i < height; i++) {
            BatchKernel.sum(x, first + i * z.row(), pixel, width, sums, to, scratch);
          }
          for (int k = to; k < to + GemmKernel.LANES; k++) {
            centers[k] = (float) (sums[k] / each);
          }
          for (int i = 0; i < height; i++) {
            int at = first + i * z.row();
            BatchKernel.squares(x, at, pixel, width, centers, to, squares, to, scratch);
          }
        };
    MapRows.channels(z, statistics, team, workspace);
    double count = each * z.images();
    double[] totals = total(sums);
    for (int c = 0; c < mean.length; c++) {
      mean[c] = (float) (totals[c] / count);
    }
    for (int i = 0; i < squares.length; i++) { // about the mean of all
      double own = sums[i] / each;
      double all = totals[i % mean.length] / count;
      squares[i] += each * ((own - all) * (own - all) - (own - centers[i]) * (own - centers[i]));
    }
    totals = total(squares);
    for (int c = 0; c < mean.length; c++) {
      scale(c, totals[c] / count);
      running.move(c, mean[c], totals[c] / (count - 1));
    }
  }

  /** Adds up the images. */
  private double[] total(double[] sums) {
    double[] total = new double[factor.length];
    for (int i = 0; i < sums.length; i++) {
      total[i % total.length] += sums[i];
    }
    return total;
  }

  /**
   * Writes the activations of some images.
   *
   * @param z the outputs of the convolution
   * @param y receives the activations, and may be the same
   */
  void activate(Maps z, Maps y, Team team) {
    float[] x = z.data();
    float[] to = y.data();
    float[] offsets = beta.numbers();
    int pixel = z.pixel();
    int width = z.shape().width();
    MapRows.Pair row =
        (at, toAt, c) ->
            BatchKernel.activate(x, at, to, toAt, pixel, width, mean, factor, offsets, c);
    MapRows.pairs(z, y, row, team);
  }

  /**
   * Writes the maxima of the activations of 2x2 pixels each.
   *
   * @param z the outputs of the convolution
   * @param y receives the maxima
   * @param choices receives their numbers, as in {@link LearnedPooling}
   */
  void pool(Maps z, Maps y, float[] choices, Team team, Workspace workspace) {
    float[] x = z.data();
    float[] to = y.data();
    float[] offsets = beta.numbers();
    int pixel = z.pixel();
    int width = y.shape().width();
    MapRows.Channels maxima =
        (image, plane, c, scratch) -> {
          int channel = plane * pixel + c;
          for (int i = 0; i < y.shape().height(); i++) {
            int at = z.at(image, plane, 2 * i, 0) + c;
            int toAt = y.at(image, plane, i, 0) + c;
            PooledKernel.pool(
                x, at, z.row(), to, choices, toAt, pixel, width, mean, factor, offsets, channel);
          }
        };
    MapRows.channels(y, maxima, team, workspace);
  }

  /** Starts the sums of the gradients of images that are computed together. */
  void beginGradients(int images) {
    gradients = new double[images * factor.length];
    products = new double[images * factor.length];
  }

  /**
   * Adds up the gradients of some of the images.
   *
   * @param dx the gradients with respect to the ReLU's inputs
   * @param z the outputs of the convolution
   * @param firstImage the number of the first of these images among all
   */
  void addGradients(Maps dx, Maps z, int firstImage, Team team, Workspace workspace) {
    int pixel = z.pixel();
    int width = z.shape().width();
    int distance = z.first() - dx.first();
    float[] d = dx.data();
    float[] x = z.data();
    MapRows.Channels both =
        (image, plane, c, scratch) -> {
          int channel = plane * pixel + c;
          int to = (firstImage + image) * factor.length + channel;
          for (int i = 0; i < dx.shape().height(); i++) {
            int at = dx.at(image, plane, i, 0) + c;
            int other = at + distance;
            BatchKernel.sum(d, at, pixel, width, gradients, to, scratch);
            BatchKernel.products(
                d, at, x, other, pixel, width, mean, channel, products, to, scratch);
          }
        };
    MapRows.channels(dx, both, team, workspace);
  }

  /**
   * Adds up the gradients of all images of a layer that max-pooling follows.
   *
   * @param dy the gradients with respect to the maxima, 0 where the ReLU passed nothing
   * @param choices the numbers of the maxima
   * @param z the outputs of the convolution
   */
  void addPooledGradients(Maps dy, float[] choices, Maps z, Team team, Workspace workspace) {
    float[] d = dy.data();
    float[] x = z.data();
    int pixel = z.pixel();
    int width = dy.shape().width();
    MapRows.Channels both =
        (image, plane, c, scratch) -> {
          int channel = plane * pixel + c;
          int to = image * factor.length + channel;
          for (int i = 0; i < dy.shape().height(); i++) {
            int at = dy.at(image, plane, i, 0) + c;
            int other = z.at(image, plane, 2 * i, 0) + c;
            PooledKernel.sums(
                d, choices, at, x, other, z.row(), pixel, width, mean, channel, gradients, products,
                to, scratch);
          }
        };
    MapRows.channels(dy, both, team, workspace);
  }

  /** Adds the gradients of gamma and beta, once those of all images have been added up. */
  void endGradients(int pixels) {
    double[] sums = total(gradients);
    double[] shares = total(products);
    double count = (double) gradients.length / factor.length * pixels;
    for (int c = 0; c < factor.length; c++) {
      if (beta.learns()) {
        beta.gradient()[c] += (float) sums[c];
      }
      if (gamma.learns()) {
        gamma.gradient()[c] += (float) (shares[c] * inverse[c]);
      }
      slope[c] = (float) (-factor[c] * inverse[c] * inverse[c] * shares[c] / count);
      offset[c] = (float) (-factor[c] * sums[c] / count);
    }
  }

  /**
   * Replaces z by its gradient, or, if the layer does not learn, dx.
   *
   * @param dx the gradients with respect to the ReLU's inputs
   * @param z the outputs of the convolution, or dx
   */
  void backward(Maps dx, Maps z, Team team) {
    float[] d = dx.data();
    float[] x = z.data();
    int pixel = z.pixel();
    int width = z.shape().width();
    MapRows.Pair row =
        (dAt, at, c) ->
            BatchKernel.differentiate(d, dAt, x, at, pixel, width, mean, factor, slope, offset, c);
    MapRows.pairs(dx, z, row, team);
  }

  /**
   * Replaces z by its gradient in a layer that max-pooling follows.
   *
   * @param dy the gradients with respect to the maxima, 0 where the ReLU passed nothing
   * @param choices the numbers of the maxima
   * @param z the outputs of the convolution
   */
  void backwardPooled(Maps dy, float[] choices, Maps z, Team team, Workspace workspace) {
    float[] d = dy.data();
    float[] x = z.data();
    int pixel = z.pixel();
    int width = dy.shape().width();
    int height = dy.shape().height();
    MapRows.Channels rows =
        (image, plane, c, scratch) -> {
          int channel = plane * pixel + c;
          for (int i = 0; i < height; i++) {
            int at = dy.at(image, plane, i, 0) + c;
            int to = z.at(image, plane, 2 * i, 0) + c;
            PooledKernel.differentiate(
                d, choices, at, x, to, z.row(), pixel, width, mean, factor, slope, offset, channel);
          }
          // an odd last column or row has no maximum
          int rest = z.shape().width() - 2 * width;
          for (int i = 0; i < 2 * height && rest > 0; i++) {
            int to = z.at(image, plane, i, 2 * width) + c;
            BatchKernel.differentiate(x, to, pixel, rest, mean, slope, offset, channel);
          }
          for (int i = 2 * height; i < z.shape().height(); i++) {
            int to = z.at(image, plane, i, 0) + c;
            BatchKernel.differentiate(
                x, to, pixel, z.shape().width(), mean, slope, offset, channel);
          }
        };
    MapRows.channels(dy, rows, team, workspace);
  }
}
