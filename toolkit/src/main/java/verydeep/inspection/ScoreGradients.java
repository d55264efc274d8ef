package verydeep.inspection;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import verydeep.data.RgbImage;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.inference.Posteriors;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.LayerGradients;
import verydeep.network.NetworkSummary;
import verydeep.network.Parameters;
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
    gradients = open(checkpoint.parameters(), all, image.height(), image.width(), 1);
    try {
      float[] input = NetworkInput.of(checkpoint.preprocessing(), image);
      activations = gradients.forward(input, 1, image.height(), image.width(), all);
    } catch (RuntimeException | Error e) {
      gradients.close();
      throw e;
    }
  }

  /**
   * Loads weights for the arithmetic that pays for some work: forward and backward through the
   * layers, a number of times.
   */
  static LayerGradients open(
      Parameters parameters, Set<String> layers, int height, int width, double times) {
    Vgg network = parameters.network();
    int last = layers.stream().mapToInt(network::activationIndex).max().orElse(-1);
    double macs =
        network.summary(height, width).rows().stream()
            .limit(last + 1L)
            .mapToDouble(NetworkSummary.Row::macs)
            .sum();
    return Arithmetics.gradients(Arithmetics.forWork(parameters, 2 * times * macs), parameters);
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
