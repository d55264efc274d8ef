package verydeep.internal.jobs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import verydeep.internal.files.TensorFile;

/**
 * How the results for some images are written, read and joined.
 *
 * @param name the name of the format, which is the text {@code format} in such files
 * @param what the content of the files, for messages, such as {@code a test}
 * @param reader reads a file; any exception means that the file is damaged
 * @param writer writes a file, completely or not at all
 * @param images the number of images in a part
 * @param joined the results of several parts, in order, as one; also of no part
 * @param <P> the type of the results for some images
 */
public record PartFormat<P>(
    String name,
    String what,
    Function<TensorFile, P> reader,
    Writer<P> writer,
    ToIntFunction<P> images,
    Function<List<P>, P> joined) {

  /**
   * Writes results.
   *
   * @param <P> the type of the results for some images
   */
  @FunctionalInterface
  public interface Writer<P> {
    /**
     * Writes a file, completely or not at all.
     *
     * @param file the file
     * @param texts the texts to write besides the results
     * @param part the results
     */
    void write(Path file, Map<String, String> texts, P part);
  }
}
