package verydeep.evaluation;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.VerydeepException;
import verydeep.data.Skipped;
import verydeep.data.TrainingScale;
import verydeep.internal.files.FileNames;
import verydeep.internal.files.OlderWords;
import verydeep.internal.files.SkippedText;
import verydeep.internal.files.TensorFile;
import verydeep.internal.jobs.PartFormat;
import verydeep.network.Tensor;

/**
 * A test as a safetensors file: {@code posteriors}, images x classes, and {@code labels}; the names
 * of classes and images, one per line, and the protocol, as texts.
 */
final class EvaluationFile {

  private static final String FORMAT = "verydeep test 1";
  private static final String WHAT = "a test";

  /** With this many posteriors or more (4 MB) they stay in the file, and are read from there. */
  private static final int LARGE = 1 << 20;

  private EvaluationFile() {}

  static void write(Path file, TestRecord test) {
    Map<String, String> texts = texts(test);
    texts.put("seconds", String.valueOf(test.seconds()));
    write(file, texts, test.classes(), test.predictions(), test.skipped());
  }

  /** What a file says of a test beside its images and its time. */
  static Map<String, String> texts(TestRecord test) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("name", test.name());
    texts.put("protocol", test.protocol());
    texts.put("computed by", test.arithmetic());
    if (!test.allViews().isEmpty()) {
      texts.put("looks", TestViewsText.writeAll(test.allViews()));
    }
    test.trainingScale().ifPresent(s -> texts.put("trained", s.smallest() + " " + s.largest()));
    return texts;
  }

  private static void write(
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
    SkippedText.write(skipped, metadata);
    int count = predictions.size();
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    shapes.put("posteriors", List.of(count, classes.size()));
    shapes.put("labels", List.of(count));
    TensorFile.write(
        file,
        metadata,
        shapes,
        name ->
            name.equals("labels")
                ? TensorFile.column(predictions.stream().mapToInt(Prediction::label).toArray())
                : posteriors(predictions, classes.size()));
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

  static TestRecord read(Path file) {
    return TensorFile.read(file, FORMAT, WHAT, EvaluationFile::evaluation);
  }

  private static TestRecord evaluation(TensorFile file) {
    Content content = content(file);
    return new TestRecord(facts(file), content.classes(), content.predictions(), content.skipped());
  }

  private static TestFacts facts(TensorFile file) {
    String views = file.metadata().get("looks");
    return new TestFacts(
        name(file),
        OlderWords.renewed(file.text("protocol")),
        views == null ? List.of() : TestViewsText.readAll(views),
        trainingScale(file.metadata().get("trained")),
        Double.parseDouble(file.text("seconds")),
        file.metadata().getOrDefault("computed by", ""),
        Double.NaN);
  }

  /** Names are kept as users gave them, but for the one with an older word that we gave. */
  private static String name(TensorFile file) {
    String name = file.text("name");
    boolean ours = name.equals("the commonest class") && file.text("protocol").equals("no look");
    return ours ? OlderWords.renewed(name) : name;
  }

  private static TrainingScale trainingScale(String text) {
    if (text == null) {
      return null;
    }
    String[] words = text.split(" ", -1);
    if (words.length != 2) {
      throw new VerydeepException("Its training scale must be two numbers, not \"" + text + "\".");
    }
    return TrainingScale.of(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
  }

  /**
   * The images of a test, or of a part of one.
   *
   * @param classes the classes' names
   * @param predictions image by image
   * @param skipped images that could not be read
   */
  record Content(List<String> classes, List<Prediction> predictions, List<Skipped> skipped) {}

  /** How parts of a test are kept. */
  static PartFormat<Content> parts(List<String> classes) {
    return new PartFormat<>(
        FORMAT,
        WHAT,
        EvaluationFile::content,
        (file, texts, part) ->
            write(file, texts, part.classes(), part.predictions(), part.skipped()),
        part -> part.predictions().size() + part.skipped().size(),
        parts ->
            new Content(
                classes,
                parts.stream().flatMap(part -> part.predictions().stream()).toList(),
                parts.stream().flatMap(part -> part.skipped().stream()).toList()));
  }

  static Content content(TensorFile file) {
    List<String> classes = TensorFile.names(file.text("classes"));
    List<String> images = TensorFile.names(file.text("pictures"));
    Tensor posteriors = file.tensors().get("posteriors");
    Tensor labels = file.tensors().get("labels");
    if (posteriors == null
        || labels == null
        || !posteriors.sizes().equals(List.of(images.size(), classes.size()))
        || labels.size() != images.size()) {
      throw new VerydeepException(
          "Its %d images of %d classes come with posteriors %s and labels %s."
              .formatted(
                  images.size(),
                  classes.size(),
                  TensorFile.shape(posteriors),
                  TensorFile.shape(labels)));
    }
    List<Prediction> predictions = new ArrayList<>();
    FloatBuffer rows = posteriors.values();
    FloatBuffer truths = labels.values();
    boolean large = posteriors.size() >= LARGE;
    for (int i = 0; i < images.size(); i++) {
      FloatBuffer row = rows.slice(i * classes.size(), classes.size());
      predictions.add(
          new Prediction(
              FileNames.path(images.get(i)), Math.round(truths.get(i)), large ? row : copy(row)));
    }
    return new Content(classes, predictions, SkippedText.read(file));
  }

  private static FloatBuffer copy(FloatBuffer row) {
    return FloatBuffer.allocate(row.remaining()).put(row).flip();
  }
}
