package verydeep.inspection;

import java.util.List;
import verydeep.VerydeepException;
import verydeep.data.RgbImage;
import verydeep.internal.passes.Activations;
import verydeep.network.Vgg;

/** Terms of the activations of one layer. */
final class LayerTerms {

  private LayerTerms() {}

  /** Half the sum of squared differences. */
  static Term content(RgbImage image, String layer) {
    return new Like(image, layer, false);
  }

  /** The sum of squared differences, relative to the squares. */
  static Term features(RgbImage image, String layer) {
    return new Like(image, layer, true);
  }

  static Term channel(String layer, int index) {
    return new Channel(layer, index);
  }

  static Term strength(String layer) {
    return new Strength(layer);
  }

  /** Like another image. */
  private record Like(RgbImage image, String layer, boolean relative) implements Term {

    @Override
    public List<String> layers() {
      return List.of(layer);
    }

    @Override
    public Ready ready(References references, int height, int width) {
      checkSize(image, height, width);
      float[] target = references.of(image, layers()).get(layer).values();
      double squares = 0;
      for (float value : target) {
        squares += (double) value * value;
      }
      if (relative && squares == 0) {
        throw new VerydeepException(
            "Nothing in layer %s responds to the image, so its features cannot be inverted."
                .formatted(layer));
      }
      double factor = relative ? 1 / squares : 0.5;
      return (pixels, activations, weight, gradient) -> {
        Activations maps = activations.get(layer);
        float[] own = gradient.at(maps);
        double sum = 0;
        for (int i = 0; i < target.length; i++) {
          double difference = (double) maps.values()[i] - target[i];
          sum += difference * difference;
          own[i] += (float) (2 * factor * weight * difference);
        }
        return factor * sum;
      };
    }
  }

  /** Images that are compared place by place must be of one size. */
  static void checkSize(RgbImage image, int height, int width) {
    if (image.height() != height || image.width() != width) {
      throw new VerydeepException(
          ("The image to be like has %d x %d pixels and the one that is made %d x %d; they must be"
                  + " equal. Rescale one, or start from an image of the other's size.")
              .formatted(image.width(), image.height(), width, height));
    }
  }

  /** Minus a channel's mean. */
  private record Channel(String layer, int index) implements Term {

    @Override
    public List<String> layers() {
      return List.of(layer);
    }

    @Override
    public void check(Vgg network) {
      int channels = network.summary().row(layer).output().channels();
      if (index < 0 || index >= channels) {
        throw new VerydeepException(
            "There is no channel %d in %s of VGG %s, whose channels are 0 to %d."
                .formatted(index, layer, network.label(), channels - 1));
      }
    }

    @Override
    public Ready ready(References references, int height, int width) {
      return (pixels, activations, weight, gradient) ->
          minusMean(activations.get(layer), index, weight, gradient);
    }
  }

  static double minusMean(Activations maps, int channel, double weight, LossGradient gradient) {
    float[] own = gradient.at(maps);
    int places = maps.shape().height() * maps.shape().width();
    double sum = 0;
    for (int i = channel * places; i < (channel + 1) * places; i++) {
      sum += maps.values()[i];
      own[i] -= (float) (weight / places);
    }
    return -sum / places;
  }

  /** Minus half the mean square. */
  private record Strength(String layer) implements Term {

    @Override
    public List<String> layers() {
      return List.of(layer);
    }

    @Override
    public Ready ready(References references, int height, int width) {
      return (pixels, activations, weight, gradient) -> {
        Activations maps = activations.get(layer);
        float[] own = gradient.at(maps);
        double sum = 0;
        for (int i = 0; i < own.length; i++) {
          double value = maps.values()[i];
          sum += value * value;
          own[i] -= (float) (weight * value / own.length);
        }
        return -sum / (2.0 * own.length);
      };
    }
  }
}
