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

  /** The part of the running statistics that is replaced; torchvision's default. */
  private static final double MOVED = 0.1;

  private static final int LANES = GemmKernel.LANES;

  private final LearnedArray gamma;
  private final LearnedArray beta;
  private final LearnedArray runningMean;
  private final LearnedArray runningVariance;

  /** The running statistics that a share of the batch has moved. */
  private final float[] shareMean;

  private final float[] shareVariance;

  /** The running statistics after the step that is being computed. */
  private final float[] nextMean;

  private final float[] nextVariance;

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

  /** Adds up a row of a map for a vector of channels. */
  @FunctionalInterface
  private interface RowSum {
    void add(int at, int channel, double[] sums, int sumsAt, float[] scratch);
  }

  /**
   * Prepares a layer.
   *
   * @param gamma the factors
   * @param beta the offsets
   * @param runningMean the running means
   * @param runningVariance the running variances
   */
  LearnedBatchNormalization(
      LearnedArray gamma,
      LearnedArray beta,
      LearnedArray runningMean,
      LearnedArray runningVariance) {
    this.gamma = gamma;
    this.beta = beta;
    this.runningMean = runningMean;
    this.runningVariance = runningVariance;
    int size = gamma.numbers().length;
    shareMean = new float[size];
    shareVariance = new float[size];
    nextMean = new float[size];
    nextVariance = new float[size];
    mean = runningMean.numbers().clone();
    factor = new float[size];
    inverse = new double[size];
    slope = new float[size];
    offset = new float[size];
    for (int c = 0; c < size; c++) {
      scale(c, runningVariance.numbers()[c]);
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
    Arrays.fill(nextMean, 0);
    Arrays.fill(nextVariance, 0);
  }

  /** Starts with a share of the batch, from the running statistics before the step. */
  void beginShare() {
    System.arraycopy(runningMean.numbers(), 0, shareMean, 0, shareMean.length);
    System.arraycopy(runningVariance.numbers(), 0, shareVariance, 0, shareVariance.length);
  }

  /** Ends a share, which is a given part of the batch. */
  void endShare(double part) {
    for (int c = 0; c < nextMean.length; c++) {
      nextMean[c] += (float) (part * shareMean[c]);
      nextVariance[c] += (float) (part * shareVariance[c]);
    }
  }

  /** Takes over the running statistics of a step. */
  void step() {
    System.arraycopy(nextMean, 0, runningMean.numbers(), 0, nextMean.length);
    System.arraycopy(nextVariance, 0, runningVariance.numbers(), 0, nextVariance.length);
  }

  /** Takes the statistics of images that are computed together. */
  void observe(Maps z, Team team, Workspace workspace) {
    double count = (double) z.images() * z.shape().height() * z.shape().width();
    int pixel = z.pixel();
    int width = z.shape().width();
    double[] sums = new double[z.images() * factor.length];
    RowSum values =
        (at, channel, to, toAt, scratch) ->
            BatchKernel.sum(z.data(), at, pixel, width, to, toAt, scratch);
    sum(z, values, sums, 0, team, workspace);
    double[] total = total(sums);
    for (int c = 0; c < mean.length; c++) {
      mean[c] = (float) (total[c] / count);
    }
    RowSum squares =
        (at, channel, to, toAt, scratch) ->
            BatchKernel.squares(z.data(), at, pixel, width, mean, channel, to, toAt, scratch);
    Arrays.fill(sums, 0);
    sum(z, squares, sums, 0, team, workspace);
    total = total(sums);
    for (int c = 0; c < mean.length; c++) {
      scale(c, total[c] / count);
      shareMean[c] += (float) (MOVED * (mean[c] - shareMean[c]));
      shareVariance[c] += (float) (MOVED * (total[c] / (count - 1) - shareVariance[c]));
    }
  }

  /** Adds up the rows of each image: images x channels. */
  private void sum(
      Maps maps, RowSum row, double[] sums, int firstImage, Team team, Workspace workspace) {
    int planes = maps.planes();
    team.run(
        maps.images() * planes,
        (index, member) -> {
          int image = index / planes;
          int plane = index % planes;
          float[] scratch = workspace.scratch(member);
          int to = (firstImage + image) * factor.length;
          for (int c = 0; c < maps.pixel(); c += LANES) {
            int channel = plane * maps.pixel() + c;
            for (int i = 0; i < maps.shape().height(); i++) {
              int at = maps.at(image, plane, i, 0) + c;
              row.add(at, channel, sums, to + channel, scratch);
            }
          }
        });
  }

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
    rows(
        z,
        y,
        team,
        (from, to, c) ->
            BatchKernel.activate(
                z.data(),
                from,
                y.data(),
                to,
                z.pixel(),
                z.shape().width(),
                mean,
                factor,
                beta.numbers(),
                c));
  }

  /** Does a row of two maps for a vector of channels. */
  @FunctionalInterface
  private interface RowWork {
    void run(int from, int to, int channel);
  }

  private static void rows(Maps from, Maps to, Team team, RowWork work) {
    int planes = from.planes();
    team.run(
        from.images() * planes,
        (index, member) -> {
          int image = index / planes;
          int plane = index % planes;
          for (int i = 0; i < from.shape().height(); i++) {
            int x = from.at(image, plane, i, 0);
            int y = to.at(image, plane, i, 0);
            for (int c = 0; c < from.pixel(); c += LANES) {
              work.run(x + c, y + c, plane * from.pixel() + c);
            }
          }
        });
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
    RowSum values =
        (at, channel, to, toAt, scratch) ->
            BatchKernel.sum(dx.data(), at, pixel, width, to, toAt, scratch);
    RowSum shares =
        (at, channel, to, toAt, scratch) ->
            BatchKernel.products(
                dx.data(),
                at,
                z.data(),
                at + distance,
                pixel,
                width,
                mean,
                channel,
                to,
                toAt,
                scratch);
    sum(dx, values, gradients, firstImage, team, workspace);
    sum(dx, shares, products, firstImage, team, workspace);
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
    rows(
        dx,
        z,
        team,
        (from, to, c) ->
            BatchKernel.differentiate(
                dx.data(),
                from,
                z.data(),
                to,
                z.pixel(),
                z.shape().width(),
                mean,
                factor,
                slope,
                offset,
                c));
  }
}
