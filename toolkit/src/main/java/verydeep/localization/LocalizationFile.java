package verydeep.localization;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import verydeep.VerydeepException;
import verydeep.data.BoundingBox;
import verydeep.internal.files.FileNames;
import verydeep.internal.files.OlderWords;
import verydeep.internal.files.TensorFile;
import verydeep.internal.jobs.PartFormat;
import verydeep.network.Tensor;

/**
 * A test as a safetensors file: {@code labels} as an array, everything else as text with one line
 * per image: boxes as {@code left top right bottom}, guesses as {@code class score left top right
 * bottom}, separated by semicolons, with all digits.
 */
final class LocalizationFile {

  private static final String FORMAT = "verydeep localization 1";
  private static final String WHAT = "a localization";

  private LocalizationFile() {}

  /**
   * Returns the format for the saved parts of a test, whose images have class indices into these
   * classes.
   */
  static PartFormat<List<LocalizedImage>> parts(List<String> classes) {
    return new PartFormat<>(
        FORMAT,
        WHAT,
        LocalizationFile::images,
        (file, texts, images) -> write(file, texts, classes, images),
        List::size,
        parts -> parts.stream().flatMap(List::stream).toList());
  }

  static void write(Path file, Localization test) {
    Map<String, String> texts = texts(test);
    texts.put("seconds", String.valueOf(test.seconds()));
    write(file, texts, test.classes(), test.images());
  }

  /** Returns what a file records of a test besides its images and its time. */
  static Map<String, String> texts(Localization test) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("name", test.name());
    texts.put("protocol", test.protocol());
    texts.put("computed by", test.arithmetic());
    texts.put("guesses a picture", String.valueOf(test.most()));
    return texts;
  }

  private static void write(
      Path file, Map<String, String> more, List<String> classes, List<LocalizedImage> images) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("format", FORMAT);
    texts.putAll(more);
    texts.put("classes", TensorFile.lines(classes));
    texts.put("pictures", lines(images, image -> image.file().toString()));
    texts.put("truths", lines(images, p -> joined(p.truths(), LocalizationFile::text)));
    texts.put("guesses", lines(images, p -> joined(p.guesses(), LocalizationFile::text)));
    Tensor labels = TensorFile.column(images.stream().mapToInt(LocalizedImage::label).toArray());
    TensorFile.write(file, texts, Map.of("labels", labels.sizes()), name -> labels);
  }

  private static String lines(List<LocalizedImage> images, Function<LocalizedImage, String> text) {
    return TensorFile.lines(images.stream().map(text).toList());
  }

  private static <T> String joined(List<T> parts, Function<T, String> text) {
    return parts.stream().map(text).collect(Collectors.joining(";"));
  }

  private static String text(BoundingBox box) {
    return box.left() + " " + box.top() + " " + box.right() + " " + box.bottom();
  }

  private static String text(LocalizedImage.Guess guess) {
    return guess.label() + " " + guess.score() + " " + text(guess.box());
  }

  static Localization read(Path file) {
    return TensorFile.read(file, FORMAT, WHAT, LocalizationFile::localization);
  }

  private static Localization localization(TensorFile file) {
    return new Localization(
            file.text("name"),
            OlderWords.renewed(file.text("protocol")),
            TensorFile.names(file.text("classes")),
            images(file),
            Double.parseDouble(file.text("seconds")))
        .guesses(Integer.parseInt(file.text("guesses a picture")))
        .computedBy(file.metadata().getOrDefault("computed by", ""));
  }

  private static List<LocalizedImage> images(TensorFile file) {
    List<String> files = TensorFile.names(file.text("pictures"));
    List<String> truths = TensorFile.names(file.text("truths"));
    List<String> guesses = TensorFile.names(file.text("guesses"));
    Tensor labels = file.tensors().get("labels");
    int count = labels == null ? 0 : labels.size();
    if (truths.size() != files.size() || guesses.size() != files.size() || count != files.size()) {
      throw new VerydeepException(
          "Its %d images have %d labels, %d lines of boxes and %d of guesses."
              .formatted(files.size(), count, truths.size(), guesses.size()));
    }
    List<LocalizedImage> images = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      images.add(
          new LocalizedImage(
              FileNames.path(files.get(i)),
              (int) labels.values().get(i),
              parts(truths.get(i), 4, n -> box(n, 0)),
              parts(
                  guesses.get(i), 6, n -> new LocalizedImage.Guess((int) n[0], box(n, 2), n[1]))));
    }
    return images;
  }

  private static <T> List<T> parts(String line, int numbers, Function<double[], T> part) {
    List<T> parts = new ArrayList<>();
    for (String text : line.isEmpty() ? new String[0] : line.split(";", -1)) {
      double[] values = Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
      if (values.length != numbers) {
        throw new VerydeepException(
            "\"" + text + "\" must be " + numbers + " numbers, not " + values.length + ".");
      }
      parts.add(part.apply(values));
    }
    return parts;
  }

  private static BoundingBox box(double[] numbers, int from) {
    return new BoundingBox(numbers[from], numbers[from + 1], numbers[from + 2], numbers[from + 3]);
  }
}
