package verydeep.inspection;

import java.util.List;
import java.util.Map;
import java.util.Set;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.LayerGradients;

/** The activations of the images that another image is made after. */
final class References {

  private final LayerGradients network;
  private final Preprocessing preprocessing;

  References(LayerGradients network, Preprocessing preprocessing) {
    this.network = network;
    this.preprocessing = preprocessing;
  }

  Map<String, Activations> of(RgbImage image, List<String> layers) {
    float[] input = NetworkInput.of(preprocessing, image);
    return network.forward(input, 1, image.height(), image.width(), Set.copyOf(layers));
  }
}
