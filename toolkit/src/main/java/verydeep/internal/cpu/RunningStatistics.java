package verydeep.internal.cpu;

import java.util.Arrays;

/**
 * The means and variances of a batch normalization that testing uses. In training they move by a
 * tenth towards those of the images that are computed together. Each share of a batch moves them
 * from where they were before the step; the step replaces them by the mean over the shares.
 */
final class RunningStatistics {

  /** The part that is replaced; torchvision's default. */
  private static final double MOVED = 0.1;

  private final LearnedArray mean;
  private final LearnedArray variance;
  private final float[] shareMean;
  private final float[] shareVariance;
  private final float[] nextMean;
  private final float[] nextVariance;

  RunningStatistics(LearnedArray mean, LearnedArray variance) {
    this.mean = mean;
    this.variance = variance;
    int size = mean.numbers().length;
    shareMean = new float[size];
    shareVariance = new float[size];
    nextMean = new float[size];
    nextVariance = new float[size];
  }

  float[] mean() {
    return mean.numbers();
  }

  float[] variance() {
    return variance.numbers();
  }

  /** Starts with a batch. */
  void begin() {
    Arrays.fill(nextMean, 0);
    Arrays.fill(nextVariance, 0);
  }

  /** Starts with a share of the batch. */
  void beginShare() {
    System.arraycopy(mean(), 0, shareMean, 0, shareMean.length);
    System.arraycopy(variance(), 0, shareVariance, 0, shareVariance.length);
  }

  /** Moves a channel's towards those of some images, the variance with n - 1. */
  void move(int channel, double mean, double variance) {
    shareMean[channel] += (float) (MOVED * (mean - shareMean[channel]));
    shareVariance[channel] += (float) (MOVED * (variance - shareVariance[channel]));
  }

  /** Ends a share, which is a given part of the batch. */
  void endShare(double part) {
    for (int c = 0; c < nextMean.length; c++) {
      nextMean[c] += (float) (part * shareMean[c]);
      nextVariance[c] += (float) (part * shareVariance[c]);
    }
  }

  /** Takes over what the batch has moved. */
  void step() {
    System.arraycopy(nextMean, 0, mean(), 0, nextMean.length);
    System.arraycopy(nextVariance, 0, variance(), 0, nextVariance.length);
  }
}
