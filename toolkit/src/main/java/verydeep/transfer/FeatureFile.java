package verydeep.transfer;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import verydeep.internal.files.OlderWords;
import verydeep.internal.files.TensorFile;
import verydeep.network.Tensor;

/**
 * Features as a safetensors file: {@code vectors}, images x numbers, and {@code labels}; whose they
 * are, and the names of classes and images, as texts.
 */
final class FeatureFile {

  private static final String FORMAT = "verydeep features 1";

  private FeatureFile() {}

  static void write(Path file, Features features) {
    int count = features.size();
    int dimension = features.dimension();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("format", FORMAT);
    texts.put("network", features.network());
    texts.put("protocol", features.protocol());
    texts.put("arithmetic", features.arithmetic());
    texts.put("seconds", String.valueOf(features.seconds()));
    texts.put("classes", TensorFile.lines(features.classes()));
    List<String> files = new ArrayList<>();
    int[] labels = new int[count];
    FloatBuffer vectors = FloatBuffer.allocate(Math.multiplyExact(count, dimension));
    for (int i = 0; i < count; i++) {
      files.add(features.file(i).toString());
      labels[i] = features.label(i);
      vectors.put(features.shared(i));
    }
    texts.put("pictures", TensorFile.lines(files));
    Map<String, Tensor> tensors =
        Map.of(
            "vectors",
            Tensor.of(List.of(count, dimension), vectors.flip()),
            "labels",
            TensorFile.column(labels));
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    shapes.put("vectors", List.of(count, dimension));
    shapes.put("labels", List.of(count));
    TensorFile.write(file, texts, shapes, tensors::get);
  }

  static Features read(Path file) {
    return TensorFile.read(file, FORMAT, "features", FeatureFile::features);
  }

  private static Features features(TensorFile file) {
    List<String> classes = TensorFile.names(file.text("classes"));
    List<Path> files =
        TensorFile.names(file.text("pictures")).stream().map(name -> Path.of(name)).toList();
    Tensor vectors = file.tensors().get("vectors");
    Tensor labels = file.tensors().get("labels");
    if (vectors == null
        || labels == null
        || vectors.sizes().size() != 2
        || vectors.sizes().get(0) != files.size()
        || labels.size() != files.size()) {
      throw new IllegalArgumentException(
          files.size() + " images come with vectors " + vectors + " and labels " + labels);
    }
    int[] truths = new int[files.size()];
    List<float[]> rows = new ArrayList<>();
    FloatBuffer numbers = vectors.values();
    for (int i = 0; i < truths.length; i++) {
      truths[i] = Math.round(labels.values().get(i));
      Objects.checkIndex(truths[i], classes.size());
      float[] row = new float[vectors.sizes().get(1)];
      numbers.get(row);
      rows.add(row);
    }
    return new Features(
        file.text("network"),
        OlderWords.renewed(file.text("protocol")),
        classes,
        files,
        truths,
        rows,
        Double.parseDouble(file.text("seconds")),
        file.text("arithmetic"));
  }
}
