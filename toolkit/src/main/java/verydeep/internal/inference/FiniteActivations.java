package verydeep.internal.inference;

import java.nio.FloatBuffer;
import java.util.List;
import verydeep.NotFiniteException;
import verydeep.network.Activations;
import verydeep.network.ForwardPass;
import verydeep.network.Layer;

/**
 * Whether a network's activations are numbers: of weights that are none, such as the classifier
 * that torchvision fills with NaN on purpose, nothing may be concluded.
 */
public final class FiniteActivations {

  private FiniteActivations() {}

  /**
   * The first image of a batch to which an activation is infinite or not a number.
   *
   * @return its place in the batch; -1 if there is none
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
   * The error, which names the layer where numbers stop being finite.
   *
   * @param layer whose activation was wanted
   * @param image its name, or what it is
   * @param pixels of that image, preprocessed
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
        "The activation of %s of VGG %s to %s is not finite, and the first one that is not is that of"
                .formatted(layer, pass.network().label(), image)
            + " %s: a weight there is not a finite number, or the numbers overflow."
                .formatted(first));
  }
}
