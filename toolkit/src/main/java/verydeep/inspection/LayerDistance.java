package verydeep.inspection;

import java.util.stream.IntStream;
import verydeep.internal.passes.Activations;

/**
 * The distance of two images in a layer: at each place both vectors of channels are divided by
 * their lengths; the squares of their differences, weighted by channel, are summed and averaged
 * over the places.
 */
final class LayerDistance {

  /** As in the package lpips; it keeps a place where nothing answers from dividing by 0. */
  private static final double EPSILON = 1e-10;

  private final int channels;
  private final int places;
  private final float[] one;
  private final float[] other;
  private final float[] weights;
  private final double[] lengths;
  private final double[] otherLengths;

  /**
   * Compares two images.
   *
   * @param weights one per channel; null for 1
   */
  LayerDistance(Activations one, Activations other, float[] weights) {
    this.channels = one.shape().channels();
    this.places = one.shape().height() * one.shape().width();
    this.one = one.values();
    this.other = other.values();
    this.weights = weights;
    this.lengths = lengths(this.one);
    this.otherLengths = lengths(this.other);
  }

  private double[] lengths(float[] values) {
    double[] lengths = new double[places];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < places; i++) {
        double value = values[channel * places + i];
        lengths[i] += value * value;
      }
    }
    for (int i = 0; i < places; i++) {
      lengths[i] = Math.sqrt(lengths[i]);
    }
    return lengths;
  }

  private double weight(int channel) {
    return weights == null ? 1 : weights[channel];
  }

  private double difference(int channel, int place) {
    int at = channel * places + place;
    return one[at] / (lengths[place] + EPSILON) - other[at] / (otherLengths[place] + EPSILON);
  }

  double value() {
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      double squares = 0;
      for (int i = 0; i < places; i++) {
        double difference = difference(channel, i);
        squares += difference * difference;
      }
      sum += weight(channel) * squares;
    }
    return sum / places;
  }

  /** Adds the gradient with respect to the first image's activations, times a factor. */
  void addGradient(double factor, float[] gradient) {
    double[] along = new double[places];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < places; i++) {
        double own = one[channel * places + i];
        along[i] += weight(channel) * difference(channel, i) * own;
      }
    }
    IntStream.range(0, channels)
        .parallel()
        .forEach(
            channel -> {
              for (int i = 0; i < places; i++) {
                double length = lengths[i] + EPSILON;
                double own = one[channel * places + i];
                double turn = lengths[i] > 0 ? own * along[i] / (lengths[i] * length * length) : 0;
                double straight = weight(channel) * difference(channel, i) / length;
                gradient[channel * places + i] += (float) (factor * 2 / places * (straight - turn));
              }
            });
  }
}
