package verydeep.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import verydeep.data.Skipped;
import verydeep.weights.CheckpointException;
import verydeep.weights.WorkFolder;

/**
 * Where a long test keeps what it has found so far: parts of some pictures each, in order, every
 * file whole or not there, and at the end {@code test.safetensors} in their place.
 */
final class TestFolder implements AutoCloseable {

  private static final String DONE = "test.safetensors";
  private static final String UPTO = "pictures done";

  private final WorkFolder folder;
  private final Map<String, String> settings;
  private int parts;

  private TestFolder(WorkFolder folder, Map<String, String> settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /**
   * Opens a folder, which is made if it is not there.
   *
   * @param settings what must be the same for a test to go on
   * @throws EvaluationException if it cannot be written to, or another process tests there
   */
  static TestFolder open(Path folder, Map<String, String> settings) {
    try {
      return new TestFolder(WorkFolder.open(folder, "(part-\\d+|test)\\.safetensors"), settings);
    } catch (IOException e) {
      throw new EvaluationException("The folder " + folder + " cannot be used: " + e.getMessage());
    }
  }

  /**
   * What was found so far.
   *
   * @param done how many pictures are behind it
   * @param predictions of those that could be read
   * @param skipped the others
   * @param seconds how long it took
   * @param arithmetic who computed it, if it is finished
   */
  record Found(
      int done,
      List<Prediction> predictions,
      List<Skipped> skipped,
      double seconds,
      String arithmetic) {}

  /**
   * Reads the parts.
   *
   * @throws EvaluationException if they are of another test, or damaged beyond going on
   */
  Found found() {
    List<Prediction> predictions = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    int done = 0;
    double seconds = 0;
    String arithmetic = "";
    try {
      List<Path> files = folder.files("part-\\d+\\.safetensors");
      if (Files.exists(folder.resolve(DONE))) {
        files = List.of(folder.resolve(DONE));
      }
      for (Path file : files) {
        EvaluationFile.Content part;
        int upTo;
        double took;
        try {
          part = EvaluationFile.content(file);
          upTo = Integer.parseInt(String.valueOf(part.texts().get(UPTO)));
          took = Double.parseDouble(String.valueOf(part.texts().get("seconds")));
        } catch (CheckpointException | NumberFormatException e) {
          if (file.endsWith(DONE)) {
            throw new EvaluationException(
                file + " is damaged: " + e.getMessage() + ". Delete it, or take another folder.");
          }
          break; // damaged: from here on it is done again
        }
        checkSame(part.texts(), file);
        if (upTo - done != part.predictions().size() + part.skipped().size()) {
          throw new EvaluationException(
              file + " says it ends behind picture " + upTo + ", which its content does not.");
        }
        predictions.addAll(part.predictions());
        skipped.addAll(part.skipped());
        done = upTo;
        seconds += took;
        arithmetic = part.texts().getOrDefault("computed by", "");
        parts++;
      }
    } catch (IOException e) {
      throw new EvaluationException("The folder " + folder + " cannot be read: " + e);
    }
    return new Found(done, predictions, skipped, seconds, arithmetic);
  }

  private void checkSame(Map<String, String> texts, Path file) {
    StringBuilder different = new StringBuilder();
    settings.forEach(
        (name, value) -> {
          if (!value.equals(texts.get(name))) {
            different.append("\n  ").append(name).append(": ").append(texts.get(name));
            different.append(" there, ").append(value).append(" now");
          }
        });
    if (different.length() > 0) {
      throw new EvaluationException(
          file + " is of another test, which this one cannot go on with:" + different);
    }
  }

  /** Keeps the pictures since the last part. */
  void keep(
      int done,
      List<String> classes,
      List<Prediction> predictions,
      List<Skipped> skipped,
      double seconds) {
    Path file = folder.resolve(String.format(Locale.ROOT, "part-%06d.safetensors", parts));
    EvaluationFile.write(file, texts(done, seconds), classes, predictions, skipped);
    parts++;
  }

  private Map<String, String> texts(int done, double seconds) {
    Map<String, String> texts = new LinkedHashMap<>(settings);
    texts.put(UPTO, String.valueOf(done));
    texts.put("seconds", String.valueOf(seconds));
    return texts;
  }

  /** Keeps the whole test, and lets go of its parts. */
  void finish(int done, Evaluation test) {
    Map<String, String> texts = texts(done, test.seconds());
    texts.put("name", test.name());
    texts.put("protocol", test.protocol());
    texts.put("computed by", test.arithmetic());
    test.looks().ifPresent(looks -> texts.put("looks", LooksText.write(looks)));
    EvaluationFile.write(
        folder.resolve(DONE), texts, test.classes(), test.predictions(), test.skipped());
    try {
      for (Path file : folder.files("part-\\d+\\.safetensors")) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // the whole test is there; parts that stay do no harm
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
