package verydeep.internal.files;

import java.util.LinkedHashMap;
import java.util.Map;
import verydeep.network.Tensor;

/**
 * What a file of any format holds, before it is known which network it is.
 *
 * @param format the format in words, {@code a PyTorch file (zip)}
 * @param tensors by the names that they have in the file, in its order
 * @param facts what else the file says of itself
 */
public record WeightFile(String format, Map<String, Stored> tensors, Map<String, String> facts) {

  /**
   * A tensor and where it lies.
   *
   * @param tensor the numbers
   * @param offset the byte of the file with its first number, or where it is described
   */
  public record Stored(Tensor tensor, long offset) {}

  public Map<String, Tensor> plain() {
    Map<String, Tensor> plain = new LinkedHashMap<>();
    tensors.forEach((name, stored) -> plain.put(name, stored.tensor()));
    return plain;
  }
}
