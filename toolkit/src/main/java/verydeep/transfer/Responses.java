package verydeep.transfer;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import verydeep.data.Images;
import verydeep.network.Tensor;
import verydeep.weights.CheckpointException;
import verydeep.weights.TensorFile;

/**
 * A layer's responses to some pictures at one scale, averaged over space and over the mirror
 * images. They are not of length 1 yet: that comes last, behind the scales.
 *
 * @param vectors a vector a picture
 * @param seconds how long the passes took that made them; several layers share them
 * @param arithmetic which arithmetic ran
 */
record Responses(List<float[]> vectors, double seconds, String arithmetic) {

  private static final String FORMAT = "verydeep responses 1";

  Responses {
    vectors = List.copyOf(vectors);
  }

  /** Those to some pictures, then those to others. */
  static Responses joined(List<Responses> parts) {
    List<float[]> all = parts.stream().flatMap(part -> part.vectors.stream()).toList();
    return together(all, parts);
  }

  /** Those at several scales to the same pictures, one behind the other. */
  static Responses stacked(List<Responses> byScale) {
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

  /** The mean of those at several scales to the same pictures. */
  static Responses averaged(List<Responses> byScale) {
    List<float[]> all = new ArrayList<>();
    for (int i = 0; i < byScale.get(0).vectors.size(); i++) {
      float[] vector = new float[byScale.get(0).vectors.get(i).length];
      for (Responses scale : byScale) {
        for (int c = 0; c < vector.length; c++) {
          vector[c] += scale.vectors.get(i)[c] / byScale.size();
        }
      }
      all.add(vector);
    }
    return together(all, byScale);
  }

  private static Responses together(List<float[]> vectors, List<Responses> parts) {
    return new Responses(
        vectors,
        parts.stream().mapToDouble(Responses::seconds).sum(),
        parts.stream().map(Responses::arithmetic).distinct().collect(Collectors.joining(" & ")));
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
  static Responses read(Path file, int pictures) {
    TensorFile content = TensorFile.read(file);
    Tensor tensor = content.tensors().get("vectors");
    if (!FORMAT.equals(content.metadata().get("format"))
        || tensor == null
        || tensor.sizes().size() != 2
        || tensor.sizes().get(0) != pictures) {
      throw new CheckpointException(file, "no responses to " + pictures + " pictures", null);
    }
    FloatBuffer numbers = tensor.values();
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < pictures; i++) {
      float[] vector = new float[tensor.sizes().get(1)];
      numbers.get(vector);
      vectors.add(vector);
    }
    try {
      double seconds = Double.parseDouble(content.metadata().get("seconds"));
      return new Responses(vectors, seconds, content.metadata().get("arithmetic"));
    } catch (RuntimeException e) {
      throw new CheckpointException(file, "texts are missing or damaged", e);
    }
  }
}
