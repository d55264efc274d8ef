package verydeep.transfer;

import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import verydeep.data.Images;
import verydeep.internal.files.TensorFile;
import verydeep.network.Tensor;

/**
 * A layer's activations for some images at one scale, averaged over space and over flips. They do
 * not have length 1 yet: that comes last, after the scales.
 *
 * @param vectors one vector per image
 * @param seconds how long the passes that computed them took; several layers share them
 * @param arithmetic which arithmetic ran
 */
record ImageActivations(List<float[]> vectors, double seconds, String arithmetic) {

  private static final String FORMAT = "verydeep responses 1";

  ImageActivations {
    vectors = Collections.unmodifiableList(vectors);
  }

  /** Those for some images, then those for others. */
  static ImageActivations joined(List<ImageActivations> parts) {
    List<float[]> all = parts.stream().flatMap(part -> part.vectors.stream()).toList();
    return together(all, parts);
  }

  /** Those at several scales for the same images, concatenated. */
  static ImageActivations stacked(List<ImageActivations> byScale) {
    return each(byScale, FeatureVectors::concatenated);
  }

  /** The mean of those at several scales for the same images. */
  static ImageActivations averaged(List<ImageActivations> byScale) {
    return each(byScale, FeatureVectors::averaged);
  }

  private static ImageActivations each(
      List<ImageActivations> byScale, Function<List<float[]>, float[]> join) {
    return together(new Joined(byScale, join), byScale);
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

  /** Vectors that are joined as they are asked for, so that no list of them is in memory. */
  private static final class Joined extends AbstractList<float[]> {

    private final List<ImageActivations> byScale;
    private final Function<List<float[]>, float[]> join;

    private Joined(List<ImageActivations> byScale, Function<List<float[]>, float[]> join) {
      this.byScale = byScale;
      this.join = join;
    }

    @Override
    public float[] get(int index) {
      return join.apply(byScale.stream().map(scale -> scale.vectors.get(index)).toList());
    }

    @Override
    public int size() {
      return byScale.get(0).vectors.size();
    }
  }

  /** The last step: each vector divided by its length. */
  Features features(FeatureFacts facts, FeatureSource source, Images images) {
    List<float[]> unit = vectors.stream().map(v -> UnitLength.of(v.clone())).toList();
    return new Features(facts.by(arithmetic, seconds), source, images, unit);
  }

  /** Writes them to a file, whole or not at all. */
  void write(Path file) {
    Tensor tensor = Rows.write(vectors);
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("format", FORMAT);
    texts.put("seconds", String.valueOf(seconds));
    texts.put("arithmetic", arithmetic);
    TensorFile.write(file, texts, Map.of("vectors", tensor.sizes()), name -> tensor);
  }

  /**
   * Reads them.
   *
   * @throws verydeep.FileException if the file is damaged or holds anything else
   */
  static ImageActivations read(Path file, int images) {
    return TensorFile.read(
        file,
        FORMAT,
        "activations",
        content ->
            new ImageActivations(
                Rows.read(content.tensors().get("vectors"), images),
                Double.parseDouble(content.text("seconds")),
                content.text("arithmetic")));
  }
}
