package verydeep.weights;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import verydeep.FileException;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.Unreadable;
import verydeep.network.Tensor;

/**
 * The arrays of a file in any format that {@link Checkpoint#read(Path)} reads, whatever network
 * they belong to, if any.
 */
public final class Tensors {

  private Tensors() {}

  /**
   * Reads a file. Nothing in it is executed, and no length that it states is trusted.
   *
   * @param file a path
   * @return the arrays by their names in the file, in its order
   * @throws FileException if it cannot be read, is damaged, or is of no known format
   */
  public static Map<String, Tensor> read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return Collections.unmodifiableMap(FileFormat.content(channel).plain());
    } catch (Malformed e) {
      throw new FileException(file, e.offset(), e.getMessage(), e);
    } catch (IOException e) {
      throw Unreadable.because(file, e);
    }
  }

  /**
   * Reads a file.
   *
   * @param file as {@link #read(Path)}
   * @return the arrays by name
   */
  public static Map<String, Tensor> read(String file) {
    return read(Path.of(file));
  }
}
