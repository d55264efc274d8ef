package verydeep.internal.jobs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import verydeep.VerydeepException;
import verydeep.internal.files.TensorFile;

/**
 * How a job's results for a range of images are a file: those of the work, where they end, what
 * they took, and the job's settings.
 *
 * @param work the work
 * @param <P> the type of the results for some images
 */
record PartFile<P>(JobWork<P> work) {

  private static final String UPTO = "pictures done"; // as earlier versions wrote it
  private static final String SECONDS = "seconds";
  private static final String COMPUTED_BY = "computed by";

  /**
   * Reads a file.
   *
   * @param texts receives all texts of the file before the results are read, since they tell
   *     whether it is of this job
   * @throws verydeep.FileException if it is damaged
   */
  KeptPart<P> read(Path file, Consumer<Map<String, String>> texts) {
    PartFormat<P> format = work.format();
    return TensorFile.read(
        file,
        format.name(),
        format.what(),
        content -> {
          texts.accept(content.metadata());
          P part = format.reader().apply(content);
          int to = Integer.parseInt(content.text(UPTO));
          int from = to - format.images().applyAsInt(part);
          ImageRange named = ImageRange.of(file);
          if (from < 0 || to > work.size() || !isNamed(named, from, to)) {
            throw new VerydeepException(
                "It holds images %d to %d%s."
                    .formatted(from, to - 1, named == null ? "" : ", and its name says others"));
          }
          return new KeptPart<>(file, from, to, part, seconds(content), computedBy(content));
        });
  }

  private static boolean isNamed(ImageRange named, int from, int to) {
    return named == null || (named.from() == from && named.to() == to);
  }

  private static double seconds(TensorFile content) {
    double seconds = Double.parseDouble(content.text(SECONDS));
    if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw new VerydeepException(
          "Its time is " + seconds + " seconds; it must be finite and 0 or more.");
    }
    return seconds;
  }

  private static String computedBy(TensorFile content) {
    return content.metadata().getOrDefault(COMPUTED_BY, "");
  }

  /**
   * Writes a file, whole or not at all.
   *
   * @param to the index after the last image
   * @param others texts besides the settings
   */
  void write(Path file, int to, P part, double seconds, Map<String, String> others) {
    Map<String, String> texts = new LinkedHashMap<>(work.settings());
    texts.put(UPTO, String.valueOf(to));
    texts.put(SECONDS, String.valueOf(seconds));
    texts.putAll(others);
    work.format().writer().write(file, texts, part);
  }

  /** Writes the results for a range of images to the file of its name in a folder. */
  void writeTo(Path folder, int from, P part, double seconds, String arithmetic) {
    int to = from + work.format().images().applyAsInt(part);
    Path file = folder.resolve(new ImageRange(from, to).fileName());
    write(file, to, part, seconds, Map.of(COMPUTED_BY, arithmetic));
  }
}
