package verydeep.inspection;

import java.util.List;
import java.util.Map;
import verydeep.VerydeepException;
import verydeep.data.RgbImage;
import verydeep.internal.passes.Activations;
import verydeep.network.Parameters;

/** The perceptual distance from another image. */
record DistanceTerm(PerceptualDistance distance, RgbImage image) implements Term {

  @Override
  public List<String> layers() {
    return distance.names();
  }

  /** Checks that the image is made with the distance's own network. */
  void checkSame(Parameters parameters) {
    Parameters own = distance.checkpoint().parameters();
    if (own != parameters
        && (!own.network().layers().equals(parameters.network().layers())
            || own.checksum() != parameters.checksum())) {
      throw new VerydeepException(
          "The distance is on other weights than those that the image is made with: "
              + distance.basis()
              + ".");
    }
  }

  @Override
  public Ready ready(References references, int height, int width) {
    LayerTerms.checkSize(image, height, width);
    Map<String, Activations> targets = references.of(image, layers());
    return (pixels, activations, weight, gradient) -> {
      double sum = 0;
      for (int i = 0; i < layers().size(); i++) {
        String layer = layers().get(i);
        Activations maps = activations.get(layer);
        LayerDistance own = new LayerDistance(maps, targets.get(layer), distance.weights(i));
        sum += own.value();
        own.addGradient(weight, gradient.at(maps));
      }
      return sum;
    };
  }
}
