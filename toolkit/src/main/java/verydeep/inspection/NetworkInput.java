package verydeep.inspection;

import java.nio.FloatBuffer;
import java.util.List;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;
import verydeep.network.Layer;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/** Images as a network takes them, and layers as users name them. */
final class NetworkInput {

  /** The paper's scale, for networks whose convolutions take any. */
  private static final int USUAL = 224;

  private NetworkInput() {}

  /** The scale Q where none is given: the side that the network was made for. */
  static int usualScale(Vgg network) {
    return network.convolutionsOnly() ? USUAL : network.input();
  }

  static float[] of(Preprocessing preprocessing, RgbImage image) {
    float[] input = new float[3 * image.width() * image.height()];
    preprocessing.write(image, FloatBuffer.wrap(input));
    return input;
  }

  /**
   * Checks that a layer is a convolution.
   *
   * @param purpose what needs one, the beginning of a sentence
   * @throws VerydeepException if it is another layer
   * @throws VerydeepException if there is none of this name
   */
  static void checkConvolution(Vgg network, String layer, String purpose) {
    if (!(network.layer(layer) instanceof Layer.Convolution)) {
      throw new VerydeepException(
          "%s a convolution, and %s of VGG %s is none; its convolutions are %s."
              .formatted(
                  purpose, layer, network.label(), String.join(", ", convolutions(network))));
    }
  }

  static List<String> convolutions(Vgg network) {
    return network.layers().stream()
        .filter(Layer.Convolution.class::isInstance)
        .map(Layer::name)
        .toList();
  }

  /** Checks that a network distinguishes classes. */
  static void checkClasses(Checkpoint checkpoint, String purpose) {
    if (checkpoint.network().classes() == 0) {
      throw new VerydeepException(
          "%s a network with classes, and VGG %s has none. A linear SVM on its features has:"
                  .formatted(purpose, checkpoint.network().label())
              + " svm.evidence(image).");
    }
  }
}
