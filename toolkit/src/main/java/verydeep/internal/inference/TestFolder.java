package verydeep.internal.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.internal.files.OlderWords;
import verydeep.internal.files.TensorFile;
import verydeep.internal.files.WorkFolder;

/**
 * The folder where a long test saves its results so far: parts of some images each, in order, every
 * file complete or absent, and at the end {@code test.safetensors} in their place.
 *
 * @param <P> the type of the results for some images
 */
public final class TestFolder<P> implements AutoCloseable {

  /** The shortest time between two parts; a part costs milliseconds. */
  public static final long PAUSE_NANOS = 20_000_000_000L;

  private static final String DONE = "test.safetensors";
  private static final String PARTS = "part-\\d+\\.safetensors";
  private static final String UPTO = "pictures done";
  private static final String SECONDS = "seconds";

  private final WorkFolder folder;
  private final Map<String, String> settings;
  private final Format<P> format;
  private final long pause;
  private int parts;
  private long kept = System.nanoTime();

  private TestFolder(
      WorkFolder folder, Map<String, String> settings, Format<P> format, long pause) {
    this.folder = folder;
    this.settings = settings;
    this.format = format;
    this.pause = pause;
  }

  /**
   * How parts are written and read.
   *
   * @param name the name of the format, which is the text {@code format} in such files
   * @param what the content of the files, for messages
   * @param reader reads a file; any exception means that the file is damaged
   * @param writer writes a file, completely or not at all
   * @param images the number of images in a part
   * @param <P> the type of the results for some images
   */
  public record Format<P>(
      String name,
      String what,
      Function<TensorFile, P> reader,
      Writer<P> writer,
      ToIntFunction<P> images) {}

  /**
   * Writes a part.
   *
   * @param <P> the type of the results for some images
   */
  @FunctionalInterface
  public interface Writer<P> {
    /**
     * Writes a file, completely or not at all.
     *
     * @param file the file
     * @param texts the texts to write besides the part
     * @param part the results
     */
    void write(Path file, Map<String, String> texts, P part);
  }

  /**
   * Opens a folder and creates it if it is missing.
   *
   * @param folder the folder
   * @param settings what must be the same for a test to resume
   * @param format how parts are written and read
   * @param pause the shortest time between two parts, in nanoseconds
   * @param <P> the type of the results for some images
   * @return the folder, locked until it is closed
   * @throws VerydeepException if it cannot be written to, or another process tests there
   */
  public static <P> TestFolder<P> open(
      Path folder, Map<String, String> settings, Format<P> format, long pause) {
    try {
      WorkFolder opened = WorkFolder.open(folder, "(part-\\d+|test)\\.safetensors");
      return new TestFolder<>(opened, settings, format, pause);
    } catch (IOException e) {
      throw new VerydeepException("The folder " + folder + " cannot be used: " + e.getMessage());
    }
  }

  /**
   * The results so far.
   *
   * @param done the number of images completed
   * @param parts their results, in order; one part if the test is finished
   * @param seconds the time they took
   * @param finished whether the test is complete
   * @param texts the texts of the last part
   * @param <P> the type of the results for some images
   */
  public record Found<P>(
      int done, List<P> parts, double seconds, boolean finished, Map<String, String> texts) {

    /**
     * Returns no results.
     *
     * @param <P> the type of the results
     * @return the results of no image
     */
    public static <P> Found<P> nothing() {
      return new Found<>(0, List.of(), 0, false, Map.of());
    }
  }

  /**
   * Reads the parts. A damaged part and those after it are skipped, to be computed again.
   *
   * @return the results so far
   * @throws VerydeepException if they belong to another test, or are too damaged to resume
   */
  public Found<P> found() {
    List<P> contents = new ArrayList<>();
    int done = 0;
    double seconds = 0;
    Map<String, String> texts = Map.of();
    for (Path file : files()) {
      Part<P> part = read(file);
      if (part == null) {
        break;
      }
      checkSame(part.texts(), file);
      if (part.upTo() - done != format.images().applyAsInt(part.content())) {
        throw new VerydeepException(
            file + " claims to end after image " + part.upTo() + ", but its content does not.");
      }
      contents.add(part.content());
      done = part.upTo();
      seconds += part.seconds();
      texts = part.texts();
      parts++;
    }
    return new Found<>(done, contents, seconds, Files.exists(folder.resolve(DONE)), texts);
  }

  /** Returns the file of the whole test, or those of its parts. */
  private List<Path> files() {
    Path whole = folder.resolve(DONE);
    try {
      return Files.exists(whole) ? List.of(whole) : folder.files(PARTS);
    } catch (IOException e) {
      throw new VerydeepException("The folder " + folder + " cannot be read: " + e);
    }
  }

  private record Part<P>(P content, Map<String, String> texts, int upTo, double seconds) {}

  /** Returns the part, or null if it is damaged and must be computed again. */
  private Part<P> read(Path file) {
    try {
      return TensorFile.read(
          file,
          format.name(),
          format.what(),
          read ->
              new Part<>(
                  format.reader().apply(read),
                  read.metadata(),
                  Integer.parseInt(read.text(UPTO)),
                  Double.parseDouble(read.text(SECONDS))));
    } catch (FileException e) {
      if (file.endsWith(DONE)) {
        throw new VerydeepException(
            file + " is damaged: " + e.getMessage() + ". Delete it, or use another folder.");
      }
      return null;
    }
  }

  private void checkSame(Map<String, String> texts, Path file) {
    Map<String, String> there = OlderWords.renewed(texts);
    StringBuilder different = new StringBuilder();
    OlderWords.renewed(settings)
        .forEach(
            (name, value) -> {
              if (!value.equals(there.get(name))) {
                different.append("\n  ").append(name).append(": ").append(there.get(name));
                different.append(" in the file, ").append(value).append(" now");
              }
            });
    if (different.length() > 0) {
      throw new VerydeepException(
          file
              + " holds a test with other settings, so this one cannot resume from it:"
              + different);
    }
  }

  /**
   * Returns whether it is time for the next part.
   *
   * @return true once the pause since the last one, or since the folder was opened, is over
   */
  public boolean due() {
    return System.nanoTime() - kept >= pause;
  }

  /**
   * Saves the results since the last part, with the time that passed.
   *
   * @param done the number of images completed
   * @param part the results
   */
  public void keep(int done, P part) {
    Path file = folder.resolve(String.format(Locale.ROOT, "part-%06d.safetensors", parts));
    long now = System.nanoTime();
    format.writer().write(file, texts(done, (now - kept) / 1e9), part);
    kept = now;
    parts++;
  }

  /**
   * Creates what a stopped test throws.
   *
   * @param folder where its results are kept; null if they are not
   * @param done the number of images completed
   * @param of the number of images
   * @return an exception that says what was done, and whether it is kept
   */
  public static CancellationException stopped(TestFolder<?> folder, int done, int of) {
    return new CancellationException(
        "Stopped after %d of %d images. ".formatted(done, of)
            + (folder == null
                ? "Without folder(...) none is kept, and the same call begins again."
                : "The same call goes on from there: they are in " + folder.folder + "."));
  }

  private Map<String, String> texts(int done, double seconds) {
    Map<String, String> texts = new LinkedHashMap<>(settings);
    texts.put(UPTO, String.valueOf(done));
    texts.put(SECONDS, String.valueOf(seconds));
    return texts;
  }

  /**
   * Saves the whole test and deletes its parts.
   *
   * @param done the number of its images
   * @param whole all results
   * @param seconds the total time
   * @param others further texts to write to the file
   */
  public void finish(int done, P whole, double seconds, Map<String, String> others) {
    Map<String, String> texts = texts(done, seconds);
    texts.putAll(others);
    format.writer().write(folder.resolve(DONE), texts, whole);
    try {
      for (Path file : folder.files(PARTS)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // the whole test is written; leftover parts do no harm
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
