package verydeep.internal.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.internal.files.OlderWords;
import verydeep.internal.files.TensorFile;
import verydeep.internal.files.WorkFolder;

/**
 * Where a long test keeps what it has found so far: parts of some images each, in order, every file
 * whole or not there, and at the end {@code test.safetensors} in their place.
 *
 * @param <P> what is found of some images
 */
public final class TestFolder<P> implements AutoCloseable {

  /** Between two parts at least; a part costs milliseconds. */
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
   * @param name of the format, the text {@code format} of such files
   * @param what they hold, for messages
   * @param reader what is found in a file; what it throws means that the file is damaged
   * @param writer writes a file, whole or not at all
   * @param images how many images a part is of
   * @param <P> what is found of some images
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
   * @param <P> what is found of some images
   */
  @FunctionalInterface
  public interface Writer<P> {
    /**
     * Writes a file, whole or not at all.
     *
     * @param file the file
     * @param texts to stand in it beside the part
     * @param part what was found
     */
    void write(Path file, Map<String, String> texts, P part);
  }

  /**
   * Opens a folder, which is made if it is not there.
   *
   * @param folder the folder
   * @param settings what must be the same for a test to go on
   * @param format how parts are written and read
   * @param pause how much time passes between two parts at least, nanoseconds
   * @param <P> what is found of some images
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
   * What was found so far.
   *
   * @param done how many images are behind it
   * @param parts what was found of them, in order; one if the test is finished
   * @param seconds how long it took
   * @param finished whether it is the whole test
   * @param texts of the last part
   * @param <P> what is found of some images
   */
  public record Found<P>(
      int done, List<P> parts, double seconds, boolean finished, Map<String, String> texts) {

    /**
     * Nothing.
     *
     * @param <P> what would be found
     * @return of no image
     */
    public static <P> Found<P> nothing() {
      return new Found<>(0, List.of(), 0, false, Map.of());
    }
  }

  /**
   * Reads the parts. A damaged one and those behind it are left out, to be done again.
   *
   * @return what is there
   * @throws VerydeepException if they are of another test, or damaged beyond going on
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
            file + " says it ends behind image " + part.upTo() + ", which its content does not.");
      }
      contents.add(part.content());
      done = part.upTo();
      seconds += part.seconds();
      texts = part.texts();
      parts++;
    }
    return new Found<>(done, contents, seconds, Files.exists(folder.resolve(DONE)), texts);
  }

  /** The whole test, or its parts. */
  private List<Path> files() {
    Path whole = folder.resolve(DONE);
    try {
      return Files.exists(whole) ? List.of(whole) : folder.files(PARTS);
    } catch (IOException e) {
      throw new VerydeepException("The folder " + folder + " cannot be read: " + e);
    }
  }

  private record Part<P>(P content, Map<String, String> texts, int upTo, double seconds) {}

  /** Null if it is damaged, and so to be made again. */
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
            file + " is damaged: " + e.getMessage() + ". Delete it, or take another folder.");
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
                different.append(" there, ").append(value).append(" now");
              }
            });
    if (different.length() > 0) {
      throw new VerydeepException(
          file + " is of another test, which this one cannot go on with:" + different);
    }
  }

  /**
   * Whether it is time for the next part.
   *
   * @return true once the pause since the last one, or since the folder was opened, is over
   */
  public boolean due() {
    return System.nanoTime() - kept >= pause;
  }

  /**
   * Keeps what was found since the last part, with the time that passed.
   *
   * @param done how many images are behind it
   * @param part what was found
   */
  public void keep(int done, P part) {
    Path file = folder.resolve(String.format(Locale.ROOT, "part-%06d.safetensors", parts));
    long now = System.nanoTime();
    format.writer().write(file, texts(done, (now - kept) / 1e9), part);
    kept = now;
    parts++;
  }

  private Map<String, String> texts(int done, double seconds) {
    Map<String, String> texts = new LinkedHashMap<>(settings);
    texts.put(UPTO, String.valueOf(done));
    texts.put(SECONDS, String.valueOf(seconds));
    return texts;
  }

  /**
   * Keeps the whole test, and lets go of its parts.
   *
   * @param done of how many images it is
   * @param whole all that was found
   * @param seconds how long it took in all
   * @param others texts to stand in the file too
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
      // the whole test is there; parts that stay do no harm
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
