package verydeep.inspection;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import verydeep.data.RgbImage;
import verydeep.internal.gradients.LayerGradients;
import verydeep.internal.inference.Posteriors;
import verydeep.network.Activations;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/**
 * The class scores of an image, averaged over the places of the fully convolutional form, and their
 * gradients.
 */
final class ScoreGradients implements AutoCloseable {

  private final LayerGradients gradients;
  private final Map<String, Activations> activations;
  private final String last;

  ScoreGradients(Checkpoint checkpoint, RgbImage image, List<String> layers) {
    Vgg network = checkpoint.network();
    last = network.layers().get(network.layers().size() - 1).name();
    Set<String> all = new LinkedHashSet<>(layers);
    all.add(last);
    gradients = GradientChoice.open(checkpoint.parameters(), image.width() * image.height());
    try {
      float[] input = NetworkInput.of(checkpoint.preprocessing(), image);
      activations = gradients.forward(input, 1, image.height(), image.width(), all);
    } catch (RuntimeException | Error e) {
      gradients.close();
      throw e;
    }
  }

  Activations activations(String layer) {
    return activations.get(layer);
  }

  /** Before the soft-max. */
  float[] scores() {
    return activations.get(last).meanOverSpace(0);
  }

  float[] posteriors() {
    double[] shares = Posteriors.softMax(scores());
    float[] posteriors = new float[shares.length];
    for (int k = 0; k < posteriors.length; k++) {
      posteriors[k] = (float) shares[k];
    }
    return posteriors;
  }

  /** The gradient of a class's score before the soft-max. */
  float[] gradient(int label, String layer) {
    Activations scores = activations.get(last);
    float[] seed = new float[scores.values().length];
    int places = seed.length / scores.shape().channels();
    Arrays.fill(seed, label * places, (label + 1) * places, 1f / places);
    return gradients.backward(Map.of(last, seed), Set.of(layer)).get(layer);
  }

  @Override
  public void close() {
    gradients.close();
  }
}
