package verydeep.internal.inference;

import java.nio.FloatBuffer;
import java.util.List;
import verydeep.NotFiniteException;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Layer;

/**
 * Checks that a network's activations are finite, so that no result comes from weights that are
 * not, such as the classifier that torchvision fills with NaN on purpose.
 */
public final class FiniteActivations {

  private FiniteActivations() {}

  /**
   * Returns the first image of a batch with an activation that is infinite or NaN.
   *
   * @return its index in the batch; -1 if there is none
   */
  public static int firstWithout(Activations activation) {
    float[] values = activation.values();
    long each = activation.shape().size();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return (int) (i / each);
      }
    }
    return -1;
  }

  /**
   * Creates the error, which names the layer where the numbers stop being finite.
   *
   * @param layer the layer whose activation was requested
   * @param image its name or description
   * @param pixels the preprocessed pixels of that image
   */
  public static NotFiniteException error(
      ForwardPass pass, String layer, String image, FloatBuffer pixels, int height, int width) {
    List<String> layers =
        pass.network().layers().stream()
            .filter(one -> !one.parameters().isEmpty())
            .map(Layer::name)
            .toList();
    String first =
        pass.run(pixels, 1, height, width, layers).stream()
            .filter(activation -> firstWithout(activation) >= 0)
            .map(Activations::layer)
            .findFirst()
            .orElse(layer);
    return new NotFiniteException(
        "The activation of %s of VGG %s for %s is not finite. The first layer with such a value is"
                .formatted(layer, pass.network().label(), image)
            + " %s: a weight there is not finite, or the numbers overflow.".formatted(first));
  }
}
