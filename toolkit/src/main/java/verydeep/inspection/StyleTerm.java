package verydeep.inspection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.data.RgbImage;
import verydeep.internal.djl.GramMatrix;
import verydeep.internal.passes.Activations;

/** The squared differences of Gram matrices, a mean over the layers. */
record StyleTerm(RgbImage image, List<String> layers) implements Term {

  @Override
  public Ready ready(References references, int height, int width) {
    Map<String, float[]> targets = new LinkedHashMap<>();
    references
        .of(image, layers)
        .forEach((layer, activations) -> targets.put(layer, gram(activations)));
    return (pixels, activations, weight, gradient) -> {
      double sum = 0;
      for (String layer : layers) {
        Activations maps = activations.get(layer);
        sum += add(maps, targets.get(layer), weight / layers.size(), gradient.at(maps));
      }
      return sum / layers.size();
    };
  }

  /** A mean over the places. */
  private static float[] gram(Activations maps) {
    float[] gram = GramMatrix.of(maps.values(), maps.shape().channels());
    int places = maps.shape().height() * maps.shape().width();
    for (int i = 0; i < gram.length; i++) {
      gram[i] /= places;
    }
    return gram;
  }

  /** Adds the gradient of a layer, and returns its part. */
  private static double add(Activations maps, float[] target, double weight, float[] gradient) {
    int channels = maps.shape().channels();
    int places = maps.shape().height() * maps.shape().width();
    float[] difference = gram(maps);
    double sum = 0;
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= target[i];
      sum += (double) difference[i] * difference[i];
    }
    float[] product = GramMatrix.times(difference, maps.values(), channels);
    double factor = weight / ((double) channels * channels * places);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += (float) (factor * product[i]);
    }
    return sum / (4.0 * channels * channels);
  }
}
