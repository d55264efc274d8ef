package verydeep.internal.files;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import verydeep.FileException;
import verydeep.network.Tensor;
import verydeep.weights.Checkpoint;

/**
 * Named arrays with a text or two beside them, in a safetensors file: what a training keeps of
 * itself between two steps. For a network's weights there is {@link Checkpoint}.
 *
 * @param metadata texts by name
 * @param tensors arrays by name
 */
public record TensorFile(Map<String, String> metadata, Map<String, Tensor> tensors) {

  /**
   * Reads a file, with all the format's own checks.
   *
   * @param file in safetensors format
   * @return its content
   * @throws FileException if it cannot be read or is malformed
   */
  public static TensorFile read(Path file) {
    Safetensors content = Safetensors.read(file);
    return new TensorFile(content.metadata(), content.tensors());
  }

  /**
   * Reads a file that the toolkit wrote for itself, and understands it.
   *
   * @param file in safetensors format
   * @param format what its text {@code format} says
   * @param what such files hold, for messages: {@code a test}
   * @param content makes something of it; whatever it throws means that the file is damaged
   * @param <T> what that is
   * @return what was made of it
   * @throws FileException if it cannot be read, is malformed, of another format or damaged
   */
  public static <T> T read(Path file, String format, String what, Function<TensorFile, T> content) {
    TensorFile read = read(file);
    if (!format.equals(read.metadata.get("format"))) {
      throw new FileException(
          file,
          "not %s of this toolkit: its format should be \"%s\"".formatted(what, format),
          null);
    }
    try {
      return content.apply(read);
    } catch (RuntimeException e) {
      // names, counts and numbers that do not fit each other
      throw new FileException(file, "damaged: " + e.getMessage(), e);
    }
  }

  /**
   * A text that must be there.
   *
   * @param name its name
   * @return the text
   * @throws IllegalArgumentException if it is missing
   */
  public String text(String name) {
    String text = metadata.get(name);
    if (text == null) {
      throw new IllegalArgumentException("it lacks " + name);
    }
    return text;
  }

  /**
   * Numbers as an array of one dimension, such as the classes of images.
   *
   * @param numbers whole and below 2^24, which 32 bits hold exactly
   * @return the array
   */
  public static Tensor column(int... numbers) {
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i];
    }
    return Tensor.of(List.of(values.length), values);
  }

  /**
   * Writes a file, whole or not at all. Arrays are asked for one after the other, so that no more
   * than one of them need be in memory.
   *
   * @param file the file
   * @param metadata texts by name
   * @param shapes the arrays' shapes by name
   * @param array gives the array of a name
   * @throws FileException if it cannot be written
   */
  public static void write(
      Path file,
      Map<String, String> metadata,
      Map<String, List<Integer>> shapes,
      Function<String, Tensor> array) {
    Safetensors.write(file, metadata, new LinkedHashMap<>(shapes), array);
  }

  /**
   * Names as one text for the metadata.
   *
   * @param names any texts, also with ends of lines in them
   * @return a line a name
   */
  public static String lines(List<String> names) {
    return names.stream()
        .map(n -> n.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D") + "\n")
        .collect(Collectors.joining());
  }

  /**
   * The names of a text that {@link #lines(List)} made.
   *
   * @param text of the metadata
   * @return the names
   */
  public static List<String> names(String text) {
    return text.lines()
        .map(n -> n.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%"))
        .toList();
  }
}
