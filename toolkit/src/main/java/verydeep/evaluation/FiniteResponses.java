package verydeep.evaluation;

import java.nio.FloatBuffer;
import java.util.List;
import verydeep.network.Activations;
import verydeep.network.ForwardPass;
import verydeep.network.Layer;

/**
 * Whether a network's responses are numbers: of weights that are none, such as the classifier that
 * torchvision fills with NaN on purpose, nothing may be concluded.
 */
final class FiniteResponses {

  private FiniteResponses() {}

  /**
   * The first picture of a batch to which a response is infinite or not a number.
   *
   * @return its place in the batch; -1 if there is none
   */
  static int firstWithout(Activations response) {
    float[] values = response.values();
    long each = response.shape().size();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return (int) (i / each);
      }
    }
    return -1;
  }

  /**
   * The error, which names the layer where numbers stop being finite.
   *
   * @param layer whose response was wanted
   * @param picture its name, or what it is
   * @param pixels of that picture, preprocessed
   */
  static NotFiniteException error(
      ForwardPass pass, String layer, String picture, FloatBuffer pixels, int height, int width) {
    List<String> layers =
        pass.network().layers().stream()
            .filter(one -> !one.parameters().isEmpty())
            .map(Layer::name)
            .toList();
    String first =
        pass.run(pixels, 1, height, width, layers).stream()
            .filter(response -> firstWithout(response) >= 0)
            .map(Activations::layer)
            .findFirst()
            .orElse(layer);
    return new NotFiniteException(
        "The response of %s of VGG %s to %s is not finite, and the first one that is not is that of"
                .formatted(layer, pass.network().label(), picture)
            + " %s: a weight there is not a finite number, or the numbers overflow."
                .formatted(first));
  }
}
