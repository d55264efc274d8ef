package verydeep.weights;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import verydeep.network.Tensor;

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
   * @throws CheckpointException if it cannot be read or is malformed
   */
  public static TensorFile read(Path file) {
    Safetensors content = Safetensors.read(file);
    return new TensorFile(content.metadata(), content.tensors());
  }

  /**
   * Writes a file, whole or not at all. Arrays are asked for one after the other, so that no more
   * than one of them need be in memory.
   *
   * @param file the file
   * @param metadata texts by name
   * @param shapes the arrays' shapes by name
   * @param array gives the array of a name
   * @throws CheckpointException if it cannot be written
   */
  public static void write(
      Path file,
      Map<String, String> metadata,
      Map<String, List<Integer>> shapes,
      Function<String, Tensor> array) {
    Safetensors.write(file, metadata, new LinkedHashMap<>(shapes), array);
  }
}
