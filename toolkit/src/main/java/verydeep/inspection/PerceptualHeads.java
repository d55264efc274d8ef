package verydeep.inspection;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import verydeep.FileException;
import verydeep.network.Tensor;
import verydeep.weights.Tensors;

/**
 * The learned weights of LPIPS: one for each channel of each layer.
 *
 * @param file where they came from
 * @param weights by layer, then channel
 */
record PerceptualHeads(String file, List<float[]> weights) {

  /** As the package lpips names them, and as its whole model does. */
  private static final List<String> NAMES =
      List.of("lin%d.model.1.weight", "lins.%d.model.1.weight");

  /**
   * Reads the heads of some layers.
   *
   * @param file of the package lpips, or with arrays of the same names in any other format
   * @param layers the names of the layers
   * @param channels how many channels each has
   */
  static PerceptualHeads read(Path file, List<String> layers, int[] channels) {
    Map<String, Tensor> tensors = Tensors.read(file);
    List<float[]> weights = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Tensor tensor = null;
      for (int way = 0; way < NAMES.size(); way++) {
        tensor = tensor == null ? tensors.get(name(way, i)) : tensor;
      }
      if (tensor == null) {
        throw new FileException(
            file,
            "There is no array \"%s\", the head of %s: heads of LPIPS are needed for the layers %s."
                .formatted(name(0, i), layers.get(i), String.join(", ", layers)));
      }
      if (tensor.size() != channels[i]) {
        throw new FileException(
            file,
            ("The head \"%s\" has %d weights, and %s has %d channels: these are heads of other"
                    + " layers or of another network.")
                .formatted(name(0, i), tensor.size(), layers.get(i), channels[i]));
      }
      weights.add(checked(file, i, tensor.toArray()));
    }
    String more = name(0, layers.size());
    if (tensors.containsKey(more)) {
      throw new FileException(
          file,
          "There are heads of more than %d layers; the distance is of %s."
              .formatted(layers.size(), String.join(", ", layers)));
    }
    return new PerceptualHeads(String.valueOf(file.getFileName()), weights);
  }

  /** The name of a layer's array, in one of the ways to name it. */
  private static String name(int way, int layer) {
    return String.format(Locale.ROOT, NAMES.get(way), layer);
  }

  private static float[] checked(Path file, int head, float[] weights) {
    for (float weight : weights) {
      if (!Float.isFinite(weight)) {
        throw new FileException(file, "The head \"" + name(0, head) + "\" holds " + weight + ".");
      }
    }
    return weights;
  }
}
