package verydeep.network;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One array of a layer's parameters: its name in a checkpoint, its shape, and its role in training.
 *
 * @param name the layer's name and the array's, such as {@code conv1_1.weight}
 * @param sizes the shape: (out, in, kernel, kernel) for a convolution, (out, in) for a fully
 *     connected layer, (channels) for a bias
 * @param learned whether gradient descent changes it; false for the running statistics of a batch
 *     normalization
 * @param decays whether the L2 penalty of section 3.1 applies to it: to weights but not to biases,
 *     as in the reference models of the paper's framework
 */
public record ParameterShape(String name, List<Integer> sizes, boolean learned, boolean decays) {

  /**
   * Copies the sizes.
   *
   * @param name the layer's name and the array's, such as {@code conv1_1.weight}
   * @param sizes the shape: (out, in, kernel, kernel) for a convolution, (out, in) for a fully
   *     connected layer, (channels) for a bias
   * @param learned whether gradient descent changes it; false for the running statistics of a batch
   *     normalization
   * @param decays whether the L2 penalty of section 3.1 applies to it: to weights but not to
   *     biases, as in the reference models of the paper's framework
   */
  public ParameterShape {
    sizes = List.copyOf(sizes);
  }

  /**
   * Returns how many numbers the array holds.
   *
   * @return the product of the sizes
   */
  public long size() {
    return sizes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /**
   * Returns the layer's name.
   *
   * @return the part of the name before the last dot
   */
  public String layer() {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /**
   * Returns the array's name within its layer.
   *
   * @return {@code weight}, {@code bias}, {@code running_mean} or {@code running_var}
   */
  public String role() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Returns text such as {@code conv1_1.weight 64x3x3x3}. */
  @Override
  public String toString() {
    return name + " " + sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  static ParameterShape weight(String layer, Integer... sizes) {
    return new ParameterShape(layer + ".weight", List.of(sizes), true, true);
  }

  static ParameterShape bias(String layer, int size) {
    return new ParameterShape(layer + ".bias", List.of(size), true, false);
  }
}
