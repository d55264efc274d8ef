package verydeep.evaluation;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.data.Skipped;
import verydeep.network.Tensor;
import verydeep.weights.CheckpointException;
import verydeep.weights.TensorFile;

/**
 * A test as a safetensors file: {@code posteriors}, pictures x classes, and {@code labels}; the
 * names of classes and pictures, a line each, and what was tested how, as texts.
 */
final class EvaluationFile {

  private static final String FORMAT = "verydeep test 1";

  private EvaluationFile() {}

  static void write(Path file, Evaluation test) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("name", test.name());
    texts.put("protocol", test.protocol());
    texts.put("computed by", test.arithmetic());
    texts.put("seconds", String.valueOf(test.seconds()));
    test.looks().ifPresent(looks -> texts.put("looks", LooksText.write(looks)));
    write(file, texts, test.classes(), test.predictions(), test.skipped());
  }

  /** The pictures of a test, or of a part of one. */
  static void write(
      Path file,
      Map<String, String> texts,
      List<String> classes,
      List<Prediction> predictions,
      List<Skipped> skipped) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.putAll(texts);
    metadata.put("classes", TensorFile.lines(classes));
    metadata.put(
        "pictures", TensorFile.lines(predictions.stream().map(p -> p.file().toString()).toList()));
    metadata.put(
        "skipped", TensorFile.lines(skipped.stream().map(s -> s.file().toString()).toList()));
    metadata.put("reasons", TensorFile.lines(skipped.stream().map(Skipped::reason).toList()));
    int count = predictions.size();
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    shapes.put("posteriors", List.of(count, classes.size()));
    shapes.put("labels", List.of(count));
    TensorFile.write(
        file,
        metadata,
        shapes,
        name ->
            name.equals("labels") ? labels(predictions) : posteriors(predictions, classes.size()));
  }

  private static Tensor labels(List<Prediction> predictions) {
    float[] labels = new float[predictions.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = predictions.get(i).label();
    }
    return Tensor.of(List.of(labels.length), labels);
  }

  private static Tensor posteriors(List<Prediction> predictions, int classes) {
    FloatBuffer all = FloatBuffer.allocate(Math.multiplyExact(predictions.size(), classes));
    for (Prediction prediction : predictions) {
      for (int k = 0; k < classes; k++) {
        all.put(prediction.score(k));
      }
    }
    return Tensor.of(List.of(predictions.size(), classes), all.flip());
  }

  /**
   * What a file holds.
   *
   * @param texts by name
   * @param classes the classes' names
   * @param predictions picture by picture
   * @param skipped pictures that could not be read
   */
  record Content(
      Map<String, String> texts,
      List<String> classes,
      List<Prediction> predictions,
      List<Skipped> skipped) {}

  static Evaluation read(Path file) {
    Content content = content(file);
    try {
      Map<String, String> texts = content.texts();
      return new Evaluation(
              text(texts, "name"),
              text(texts, "protocol"),
              content.classes(),
              content.predictions(),
              Double.parseDouble(text(texts, "seconds")),
              texts.containsKey("looks") ? LooksText.read(texts.get("looks")) : null,
              content.skipped())
          .by(texts.getOrDefault("computed by", ""), Double.NaN);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(file, "the test is damaged: " + e.getMessage(), e);
    }
  }

  static Content content(Path file) {
    TensorFile read = TensorFile.read(file);
    Map<String, String> texts = read.metadata();
    if (!FORMAT.equals(texts.get("format"))) {
      throw new CheckpointException(
          file, "not a test of this toolkit: its format should be \"" + FORMAT + "\"", null);
    }
    try {
      return content(texts, read.tensors());
    } catch (RuntimeException e) {
      // names, counts and numbers that do not fit each other
      throw new CheckpointException(file, "the test is damaged: " + e.getMessage(), e);
    }
  }

  private static Content content(Map<String, String> texts, Map<String, Tensor> tensors) {
    List<String> classes = TensorFile.names(text(texts, "classes"));
    List<String> pictures = TensorFile.names(text(texts, "pictures"));
    Tensor posteriors = tensors.get("posteriors");
    Tensor labels = tensors.get("labels");
    if (posteriors == null
        || labels == null
        || !posteriors.sizes().equals(List.of(pictures.size(), classes.size()))
        || labels.size() != pictures.size()) {
      throw new IllegalArgumentException(
          pictures.size()
              + " pictures of "
              + classes.size()
              + " classes come with posteriors "
              + posteriors
              + " and labels "
              + labels);
    }
    List<Prediction> predictions = new ArrayList<>();
    FloatBuffer rows = posteriors.values();
    FloatBuffer truths = labels.values();
    for (String picture : pictures) {
      float[] row = new float[classes.size()];
      rows.get(row);
      predictions.add(new Prediction(Path.of(picture), Math.round(truths.get()), row));
    }
    List<String> files = TensorFile.names(text(texts, "skipped"));
    List<String> reasons = TensorFile.names(text(texts, "reasons"));
    List<Skipped> skipped = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      skipped.add(new Skipped(Path.of(files.get(i)), reasons.get(i)));
    }
    return new Content(texts, classes, predictions, skipped);
  }

  private static String text(Map<String, String> texts, String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("it lacks " + name);
    }
    return text;
  }
}
