package verydeep.localization;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import verydeep.data.BoundingBox;
import verydeep.network.Tensor;
import verydeep.weights.CheckpointException;
import verydeep.weights.TensorFile;

/**
 * A test as a safetensors file: {@code labels} as an array, all else as texts, a line a picture:
 * boxes as {@code left top right bottom}, guesses as {@code class score left top right bottom},
 * with semicolons between them, every digit kept.
 */
final class LocalizationFile {

  private static final String FORMAT = "verydeep localization 1";

  private LocalizationFile() {}

  static void write(Path file, Localization test) {
    List<LocalizedPicture> pictures = test.pictures();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("format", FORMAT);
    texts.put("name", test.name());
    texts.put("protocol", test.protocol());
    texts.put("seconds", String.valueOf(test.seconds()));
    texts.put("computed by", test.arithmetic());
    texts.put("guesses a picture", String.valueOf(test.most()));
    texts.put("classes", TensorFile.lines(test.classes()));
    texts.put("pictures", lines(pictures, picture -> picture.file().toString()));
    texts.put("truths", lines(pictures, p -> joined(p.truths(), LocalizationFile::text)));
    texts.put("guesses", lines(pictures, p -> joined(p.guesses(), LocalizationFile::text)));
    float[] labels = new float[pictures.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = pictures.get(i).label();
    }
    TensorFile.write(
        file,
        texts,
        Map.of("labels", List.of(labels.length)),
        name -> Tensor.of(List.of(labels.length), labels));
  }

  private static String lines(
      List<LocalizedPicture> pictures, Function<LocalizedPicture, String> text) {
    return TensorFile.lines(pictures.stream().map(text).toList());
  }

  private static <T> String joined(List<T> parts, Function<T, String> text) {
    return parts.stream().map(text).collect(Collectors.joining(";"));
  }

  private static String text(BoundingBox box) {
    return box.left() + " " + box.top() + " " + box.right() + " " + box.bottom();
  }

  private static String text(BoxGuess guess) {
    return guess.label() + " " + guess.score() + " " + text(guess.box());
  }

  static Localization read(Path file) {
    TensorFile content = TensorFile.read(file);
    Map<String, String> texts = content.metadata();
    if (!FORMAT.equals(texts.get("format"))) {
      throw new CheckpointException(
          file,
          "not a localisation of this toolkit: its format should be \"" + FORMAT + "\"",
          null);
    }
    try {
      return new Localization(
              text(texts, "name"),
              text(texts, "protocol"),
              TensorFile.names(text(texts, "classes")),
              pictures(texts, content.tensors().get("labels")),
              Double.parseDouble(text(texts, "seconds")))
          .guesses(Integer.parseInt(text(texts, "guesses a picture")))
          .computedBy(texts.getOrDefault("computed by", ""));
    } catch (RuntimeException e) {
      // names, counts and numbers that do not fit each other
      throw new CheckpointException(file, "the test is damaged: " + e.getMessage(), e);
    }
  }

  private static List<LocalizedPicture> pictures(Map<String, String> texts, Tensor labels) {
    List<String> files = TensorFile.names(text(texts, "pictures"));
    List<String> truths = TensorFile.names(text(texts, "truths"));
    List<String> guesses = TensorFile.names(text(texts, "guesses"));
    int count = labels == null ? 0 : labels.size();
    if (truths.size() != files.size() || guesses.size() != files.size() || count != files.size()) {
      throw new IllegalArgumentException(
          "%d pictures have %d labels, %d lines of boxes and %d of guesses"
              .formatted(files.size(), count, truths.size(), guesses.size()));
    }
    List<LocalizedPicture> pictures = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      pictures.add(
          new LocalizedPicture(
              Path.of(files.get(i)),
              (int) labels.values().get(i),
              parts(truths.get(i), 4, n -> box(n, 0)),
              parts(guesses.get(i), 6, n -> new BoxGuess((int) n[0], box(n, 2), n[1]))));
    }
    return pictures;
  }

  private static <T> List<T> parts(String line, int numbers, Function<double[], T> part) {
    List<T> parts = new ArrayList<>();
    for (String text : line.isEmpty() ? new String[0] : line.split(";", -1)) {
      double[] values = Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
      if (values.length != numbers) {
        throw new IllegalArgumentException(
            "\"" + text + "\" should be " + numbers + " numbers, not " + values.length);
      }
      parts.add(part.apply(values));
    }
    return parts;
  }

  private static BoundingBox box(double[] numbers, int from) {
    return new BoundingBox(numbers[from], numbers[from + 1], numbers[from + 2], numbers[from + 3]);
  }

  private static String text(Map<String, String> texts, String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("it lacks " + name);
    }
    return text;
  }
}
