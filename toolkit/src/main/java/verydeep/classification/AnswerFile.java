package verydeep.classification;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import verydeep.VerydeepException;
import verydeep.data.Skipped;
import verydeep.internal.files.FileNames;
import verydeep.internal.files.SkippedText;
import verydeep.internal.files.TensorFile;
import verydeep.internal.jobs.PartFormat;
import verydeep.network.Tensor;

/**
 * Answers as a safetensors file: {@code labels} and {@code scores}, images x classes kept; the
 * files' names as text.
 */
final class AnswerFile {

  private static final String FORMAT = "verydeep answers 1";

  private final List<String> classNames;
  private final Classification.Kind kind;

  AnswerFile(Classifier classifier) {
    this.classNames = classifier.classNames();
    this.kind = classifier.kind();
  }

  /** Some files: the answers for those that could be read, and those that could not. */
  record Part(List<ClassifiedImages.Answer> images, List<Skipped> skipped) {}

  PartFormat<Part> format() {
    return new PartFormat<>(
        FORMAT,
        "answers of a classifier",
        this::read,
        AnswerFile::write,
        part -> part.images().size() + part.skipped().size(),
        parts ->
            new Part(
                parts.stream().flatMap(part -> part.images().stream()).toList(),
                parts.stream().flatMap(part -> part.skipped().stream()).toList()));
  }

  private static void write(Path file, Map<String, String> texts, Part part) {
    List<ClassifiedImages.Answer> images = part.images();
    int kept = images.isEmpty() ? 0 : images.get(0).top().size();
    FloatBuffer labels = FloatBuffer.allocate(images.size() * kept);
    FloatBuffer scores = FloatBuffer.allocate(images.size() * kept);
    for (ClassifiedImages.Answer image : images) {
      for (Classification.Score score : image.top()) {
        labels.put(score.label());
        scores.put(score.value());
      }
    }
    List<Integer> shape = List.of(images.size(), kept);
    Map<String, Tensor> tensors =
        Map.of(
            "labels", Tensor.of(shape, labels.flip()), "scores", Tensor.of(shape, scores.flip()));
    Map<String, String> metadata = new LinkedHashMap<>(texts);
    metadata.put("format", FORMAT);
    metadata.put("images", TensorFile.lines(paths(images.stream().map(i -> i.file()).toList())));
    SkippedText.write(part.skipped(), metadata);
    TensorFile.write(file, metadata, Map.of("labels", shape, "scores", shape), tensors::get);
  }

  private static List<String> paths(List<Path> files) {
    return files.stream().map(Path::toString).toList();
  }

  private Part read(TensorFile file) {
    List<String> names = TensorFile.names(file.text("images"));
    Tensor labels = file.tensors().get("labels");
    Tensor scores = file.tensors().get("scores");
    if (labels == null
        || scores == null
        || labels.sizes().size() != 2
        || labels.sizes().get(0) != names.size()
        || !labels.sizes().equals(scores.sizes())) {
      throw new VerydeepException(
          "Its %d images come with labels %s and scores %s."
              .formatted(names.size(), TensorFile.shape(labels), TensorFile.shape(scores)));
    }
    FloatBuffer theirs = labels.values();
    FloatBuffer values = scores.values();
    List<ClassifiedImages.Answer> images = new ArrayList<>();
    for (String name : names) {
      List<Classification.Score> top = new ArrayList<>();
      for (int i = 0; i < labels.sizes().get(1); i++) {
        int label = Objects.checkIndex(Math.round(theirs.get()), classNames.size());
        top.add(new Classification.Score(classNames.get(label), label, values.get(), kind));
      }
      images.add(new ClassifiedImages.Answer(FileNames.path(name), top));
    }
    return new Part(images, SkippedText.read(file));
  }
}
