package verydeep.transfer;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import verydeep.FileException;
import verydeep.data.Images;
import verydeep.internal.files.TensorFile;
import verydeep.network.Tensor;

/**
 * A layer's activations to some images at one scale, averaged over space and over the mirror
 * images. They are not of length 1 yet: that comes last, behind the scales.
 *
 * @param vectors a vector an image
 * @param seconds how long the passes took that made them; several layers share them
 * @param arithmetic which arithmetic ran
 */
record ImageActivations(List<float[]> vectors, double seconds, String arithmetic) {

  private static final String FORMAT = "verydeep responses 1";

  ImageActivations {
    vectors = List.copyOf(vectors);
  }

  /** Those to some images, then those to others. */
  static ImageActivations joined(List<ImageActivations> parts) {
    List<float[]> all = parts.stream().flatMap(part -> part.vectors.stream()).toList();
    return together(all, parts);
  }

  /** Those at several scales to the same images, one behind the other. */
  static ImageActivations stacked(List<ImageActivations> byScale) {
    List<float[]> all = new ArrayList<>();
    for (int i = 0; i < byScale.get(0).vectors.size(); i++) {
      int length = byScale.get(0).vectors.get(i).length;
      float[] vector = new float[length * byScale.size()];
      for (int s = 0; s < byScale.size(); s++) {
        System.arraycopy(byScale.get(s).vectors.get(i), 0, vector, s * length, length);
      }
      all.add(vector);
    }
    return together(all, byScale);
  }

  /** The mean of those at several scales to the same images. */
  static ImageActivations averaged(List<ImageActivations> byScale) {
    List<float[]> all = new ArrayList<>();
    for (int i = 0; i < byScale.get(0).vectors.size(); i++) {
      float[] vector = new float[byScale.get(0).vectors.get(i).length];
      for (ImageActivations scale : byScale) {
        for (int c = 0; c < vector.length; c++) {
          vector[c] += scale.vectors.get(i)[c] / byScale.size();
        }
      }
      all.add(vector);
    }
    return together(all, byScale);
  }

  private static ImageActivations together(List<float[]> vectors, List<ImageActivations> parts) {
    return new ImageActivations(
        vectors,
        parts.stream().mapToDouble(ImageActivations::seconds).sum(),
        parts.stream()
            .map(ImageActivations::arithmetic)
            .distinct()
            .collect(Collectors.joining(" & ")));
  }

  /** The last step: each vector divided by its length. */
  Features features(String network, String protocol, Images images) {
    List<float[]> unit = vectors.stream().map(v -> UnitLength.of(v.clone())).toList();
    return new Features(network, protocol, images, unit, seconds, arithmetic);
  }

  /** Writes them to a file, whole or not at all. */
  void write(Path file) {
    int dimension = vectors.get(0).length;
    List<Integer> shape = List.of(vectors.size(), dimension);
    FloatBuffer numbers = FloatBuffer.allocate(Math.multiplyExact(vectors.size(), dimension));
    vectors.forEach(numbers::put);
    Tensor tensor = Tensor.of(shape, numbers.flip());
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("format", FORMAT);
    texts.put("seconds", String.valueOf(seconds));
    texts.put("arithmetic", arithmetic);
    TensorFile.write(file, texts, Map.of("vectors", shape), name -> tensor);
  }

  /** Reads them; a file that is damaged or holds anything else is said to be so. */
  static ImageActivations read(Path file, int images) {
    TensorFile content = TensorFile.read(file);
    Tensor tensor = content.tensors().get("vectors");
    if (!FORMAT.equals(content.metadata().get("format"))
        || tensor == null
        || tensor.sizes().size() != 2
        || tensor.sizes().get(0) != images) {
      throw new FileException(file, "no activations to " + images + " images", null);
    }
    FloatBuffer numbers = tensor.values();
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      float[] vector = new float[tensor.sizes().get(1)];
      numbers.get(vector);
      vectors.add(vector);
    }
    try {
      double seconds = Double.parseDouble(content.metadata().get("seconds"));
      return new ImageActivations(vectors, seconds, content.metadata().get("arithmetic"));
    } catch (RuntimeException e) {
      throw new FileException(file, "texts are missing or damaged", e);
    }
  }
}
