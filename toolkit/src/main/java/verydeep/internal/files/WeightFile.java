package verydeep.internal.files;

import java.util.LinkedHashMap;
import java.util.Map;
import verydeep.network.Tensor;

/**
 * The contents of a file of any format, before its network is known.
 *
 * @param format the format in words, such as {@code a PyTorch file (zip)}
 * @param tensors the tensors by their names in the file, in its order
 * @param facts what else the file says about itself
 */
public record WeightFile(String format, Map<String, Stored> tensors, Map<String, String> facts) {

  /**
   * A tensor and its location.
   *
   * @param tensor the numbers
   * @param offset the byte of the file where its numbers begin, or where it is described
   */
  public record Stored(Tensor tensor, long offset) {}

  public Map<String, Tensor> plain() {
    Map<String, Tensor> plain = new LinkedHashMap<>();
    tensors.forEach((name, stored) -> plain.put(name, stored.tensor()));
    return plain;
  }
}
