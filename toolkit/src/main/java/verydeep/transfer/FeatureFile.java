package verydeep.transfer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.Skipped;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.internal.files.FileNames;
import verydeep.internal.files.OlderWords;
import verydeep.internal.files.SkippedText;
import verydeep.internal.files.TensorFile;
import verydeep.network.Tensor;

/**
 * Features as a safetensors file: {@code vectors}, images x numbers, and {@code labels}; where they
 * come from, and the names of classes and images, as metadata.
 */
final class FeatureFile {

  private static final String FORMAT = "verydeep features 1";

  private static final Collector<CharSequence, ?, String> COMMAS = Collectors.joining(",");

  private FeatureFile() {}

  static void write(Path file, Features features) {
    FeatureFacts facts = features.facts();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("format", FORMAT);
    texts.put("network", facts.network());
    texts.put("protocol", facts.protocol());
    texts.put("arithmetic", facts.arithmetic());
    texts.put("seconds", String.valueOf(facts.seconds()));
    if (facts.views() != null) {
      texts.put("scales", facts.views().scales().stream().map(String::valueOf).collect(COMMAS));
      texts.put("flipped", String.valueOf(facts.views().flipped()));
    }
    texts.put("classes", TensorFile.lines(features.classes()));
    List<Integer> all = IntStream.range(0, features.size()).boxed().toList();
    texts.put(
        "pictures", TensorFile.lines(all.stream().map(i -> features.file(i).toString()).toList()));
    SkippedText.write(features.skipped(), texts);
    Map<String, Tensor> tensors =
        Map.of(
            "vectors",
            Rows.write(all.stream().map(features::shared).toList()),
            "labels",
            TensorFile.column(all.stream().mapToInt(features::label).toArray()));
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    shapes.put("vectors", tensors.get("vectors").sizes());
    shapes.put("labels", tensors.get("labels").sizes());
    TensorFile.write(file, texts, shapes, tensors::get);
  }

  static Features read(Path file) {
    return TensorFile.read(file, FORMAT, "features", FeatureFile::features);
  }

  private static Features features(TensorFile file) {
    List<String> classes = TensorFile.names(file.text("classes"));
    List<Path> files =
        TensorFile.names(file.text("pictures")).stream().map(FileNames::path).toList();
    List<float[]> vectors = Rows.read(file.tensors().get("vectors"), files.size());
    Tensor labels = file.tensors().get("labels");
    if (labels == null || labels.size() != files.size()) {
      throw new VerydeepException(
          "Its %d images come with labels %s.".formatted(files.size(), TensorFile.shape(labels)));
    }
    int[] truths = new int[files.size()];
    for (int i = 0; i < truths.length; i++) {
      truths[i] = Objects.checkIndex(Math.round(labels.values().get(i)), classes.size());
    }
    return new Features(facts(file), null, classes, files, truths, vectors, skipped(file));
  }

  /** Earlier versions skipped none. */
  private static List<Skipped> skipped(TensorFile file) {
    return file.metadata().containsKey("skipped") ? SkippedText.read(file) : List.of();
  }

  private static FeatureFacts facts(TensorFile file) {
    return new FeatureFacts(
        file.text("network"),
        OlderWords.renewed(file.text("protocol")),
        views(file.metadata().get("scales"), file.metadata().get("flipped")),
        Double.parseDouble(file.text("seconds")),
        file.text("arithmetic"));
  }

  /** Earlier versions wrote the protocol alone. */
  private static TestViews views(String scales, String flipped) {
    if (scales == null) {
      return null;
    }
    List<Integer> sides = Arrays.stream(scales.split(",", -1)).map(Integer::valueOf).toList();
    return new TestViews(View.dense(), sides, Boolean.parseBoolean(flipped));
  }
}
