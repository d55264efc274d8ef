package verydeep.training;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import verydeep.data.Images;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.network.Activations;
import verydeep.network.Layer;
import verydeep.network.Parameters;

/** What is wrong with a training whose loss says that something is. */
final class Diagnosis {

  /** Epochs and steps at the level of chance after which it is said. */
  private static final int EPOCHS = 3;

  private static final int STEPS = 200;

  private static final double LEVEL = 0.99;

  private Diagnosis() {}

  /**
   * Where numbers stop being finite.
   *
   * @param parameters as they were when the loss was not finite
   * @param pixels of one batch, preprocessed
   * @param images how many they are
   * @return a sentence that names an image, an array of weights, or a layer
   */
  static String firstNotFinite(Parameters parameters, FloatBuffer pixels, int images) {
    int side = parameters.network().input();
    int numbers = 3 * side * side;
    for (int i = 0; i < images; i++) {
      if (!isFinite(pixels.slice(i * numbers, numbers))) {
        return "RgbImage " + (i + 1) + " of the batch has a number that is not finite.";
      }
    }
    for (String name : parameters.names()) {
      if (!isFinite(parameters.get(name).values())) {
        return "The weights were lost in an earlier step: "
            + name
            + " has a number that is not finite.";
      }
    }
    List<String> layers =
        parameters.network().layers().stream()
            .filter(layer -> !layer.parameters().isEmpty())
            .map(Layer::name)
            .toList();
    try (DjlForwardPass pass = DjlForwardPass.of(parameters)) {
      for (int i = 0; i < images; i++) {
        FloatBuffer image = pixels.slice(i * numbers, numbers);
        List<Activations> activations = pass.run(image, 1, side, side, layers);
        for (int k = 0; k < layers.size(); k++) {
          if (!isFinite(FloatBuffer.wrap(activations.get(k).values()))) {
            return "The first layer with an activation that is not finite is "
                + layers.get(k)
                + ".";
          }
        }
      }
    }
    return "Only dropout's larger activations overflow, in the fully connected layers.";
  }

  private static boolean isFinite(FloatBuffer values) {
    FloatBuffer numbers = values.duplicate();
    while (numbers.hasRemaining()) {
      if (!Float.isFinite(numbers.get())) {
        return false;
      }
    }
    return true;
  }

  /**
   * The loss of who knows only how common each class is.
   *
   * @param images the images
   * @return the entropy of their classes, in nats
   */
  static double lossOfChance(Images images) {
    double all = images.size();
    return Arrays.stream(images.counts())
        .filter(count -> count > 0)
        .mapToDouble(count -> -count / all * Math.log(count / all))
        .sum();
  }

  /**
   * Whether the last epochs, and just now enough of them, learned nothing.
   *
   * @param epochs all so far
   * @param steps in an epoch
   */
  static boolean hasStalled(List<Epoch> epochs, int steps, double lossOfChance) {
    int still = 0;
    for (Epoch epoch : epochs) {
      still = epoch.loss() >= LEVEL * lossOfChance ? still + 1 : 0;
    }
    return still == patience(steps);
  }

  private static int patience(int steps) {
    return Math.max(EPOCHS, (STEPS + steps - 1) / steps);
  }

  /** What usually helps against it. */
  static String stalled(int steps, double lossOfChance) {
    return String.format(
        Locale.ROOT,
        "for %d epochs the loss has stood at the level of chance (%.3f). What usually helps: start"
            + " deep nets from a trained net A (ShallowStart), draw the first weights by Glorot's"
            + " initialization, or lower the learning rate",
        patience(steps),
        lossOfChance);
  }
}
