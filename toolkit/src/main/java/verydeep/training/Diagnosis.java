package verydeep.training;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import verydeep.data.Images;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.passes.Activations;
import verydeep.network.Layer;
import verydeep.network.Parameters;

/** Finds the cause when the loss shows that a training is failing. */
final class Diagnosis {

  /** Epochs and steps at chance level before a stall is reported. */
  private static final int EPOCHS = 3;

  private static final int STEPS = 200;

  private static final double LEVEL = 0.99;

  private Diagnosis() {}

  /**
   * Returns where the numbers stop being finite.
   *
   * @param parameters the weights when the loss was not finite
   * @param pixels the preprocessed pixels of one batch
   * @param images the number of images
   * @return a sentence that names an image, an array of weights, or a layer
   */
  static String firstNotFinite(Parameters parameters, FloatBuffer pixels, int images) {
    int side = parameters.network().input();
    int numbers = 3 * side * side;
    for (int i = 0; i < images; i++) {
      if (!isFinite(pixels.slice(i * numbers, numbers))) {
        return "Image " + (i + 1) + " of the batch has a value that is not finite.";
      }
    }
    for (String name : parameters.names()) {
      if (!isFinite(parameters.get(name).values())) {
        return "The weights were already lost in an earlier step: "
            + name
            + " has a value that is not finite.";
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
   * Returns the loss of a model that knows only how frequent each class is.
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
   * Returns whether the latest epochs learned nothing and have just become enough to report.
   *
   * @param epochs all epochs so far
   * @param steps the steps in an epoch
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

  /** Describes a stall and what usually helps. */
  static String stalled(int steps, double lossOfChance) {
    return String.format(
        Locale.ROOT,
        "The loss has been at chance level (%.3f) for %d epochs. Start deep nets from a trained net"
            + " A (Start.shallow), initialize the weights with Glorot's method, or lower the"
            + " learning rate.",
        lossOfChance,
        patience(steps));
  }
}
