package verydeep.internal.files;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.network.Tensor;
import verydeep.weights.Checkpoint;

/**
 * Named arrays and a few texts in a safetensors file: for example what training saves between two
 * steps. For a network's weights use {@link Checkpoint}.
 *
 * @param metadata texts by name
 * @param tensors arrays by name
 */
public record TensorFile(Map<String, String> metadata, Map<String, Tensor> tensors) {

  /**
   * Reads a file, with all of the format's own checks.
   *
   * @param file a file in safetensors format
   * @return its content
   * @throws FileException if it cannot be read or is malformed
   */
  public static TensorFile read(Path file) {
    Safetensors content = Safetensors.read(file);
    return new TensorFile(content.metadata(), content.tensors());
  }

  /**
   * Reads a file that the toolkit wrote for itself, and interprets it.
   *
   * @param file a file in safetensors format
   * @param format the required text {@code format}
   * @param what what such files hold, for messages, such as {@code a test}
   * @param content interprets the content; if it throws, the file is damaged
   * @param <T> the type of the result
   * @return the interpreted content
   * @throws FileException if it cannot be read, is malformed, has another format, or is damaged
   */
  public static <T> T read(Path file, String format, String what, Function<TensorFile, T> content) {
    TensorFile read = read(file);
    if (!format.equals(read.metadata.get("format"))) {
      throw new FileException(
          file, "It is not %s of this toolkit: its format must be \"%s\".".formatted(what, format));
    }
    return read.as(file, content);
  }

  /**
   * Interprets the content.
   *
   * @param file where it was read, for messages
   * @param content interprets the content; if it throws, the file is damaged
   * @param <T> the type of the result
   * @return the interpreted content
   * @throws FileException if it is damaged
   */
  public <T> T as(Path file, Function<TensorFile, T> content) {
    try {
      return content.apply(this);
    } catch (RuntimeException e) {
      throw new FileException(file, damaged(e), e);
    }
  }

  /**
   * Says what is wrong with a file.
   *
   * @param reason what reading its content ended with
   * @return sentences
   */
  public static String damaged(RuntimeException reason) {
    return reason instanceof VerydeepException
        ? "It is damaged. " + reason.getMessage() // names, counts and numbers that do not match
        : "It is damaged. A value in it cannot be used: " + reason.getMessage() + ".";
  }

  /**
   * Returns a required text.
   *
   * @param name the name of the text
   * @return the text
   * @throws VerydeepException if it is missing
   */
  public String text(String name) {
    String text = metadata.get(name);
    if (text == null) {
      throw new VerydeepException("It lacks " + name + ".");
    }
    return text;
  }

  /**
   * Returns what a file has of an array, for messages.
   *
   * @param array the array; null if there is none
   * @return its shape, or that it is missing
   */
  public static String shape(Tensor array) {
    return array == null ? "missing" : "of shape " + array.sizes();
  }

  /**
   * Returns numbers as a one-dimensional array, such as the classes of images.
   *
   * @param numbers integers below 2^24, which 32-bit floats represent exactly
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
   * Writes a file, completely or not at all. Arrays are requested one after another, so that only
   * one of them need be in memory.
   *
   * @param file the file
   * @param metadata texts by name
   * @param shapes the arrays' shapes by name
   * @param array returns the array with a given name
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
   * Writes a file of arrays that are given row by row, completely or not at all. No array need be
   * in memory.
   *
   * @param file the file
   * @param metadata texts by name
   * @param shapes the arrays' shapes by name: rows x numbers
   * @param rows the rows of each array; each is asked for once
   * @throws FileException if it cannot be written, or an array has more than 2 GiB, which could not
   *     be read
   */
  public static void writeRows(
      Path file,
      Map<String, String> metadata,
      Map<String, List<Integer>> shapes,
      Map<String, List<float[]>> rows) {
    Safetensors.writeRows(file, metadata, new LinkedHashMap<>(shapes), rows);
  }

  /**
   * Joins names into one text for the metadata.
   *
   * @param names any texts, including ones with line breaks
   * @return one line per name
   */
  public static String lines(List<String> names) {
    return names.stream()
        .map(n -> n.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D") + "\n")
        .collect(Collectors.joining());
  }

  /**
   * Splits a text made by {@link #lines(List)} into names.
   *
   * @param text the text from the metadata
   * @return the names
   */
  public static List<String> names(String text) {
    return text.lines()
        .map(n -> n.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%"))
        .toList();
  }
}
