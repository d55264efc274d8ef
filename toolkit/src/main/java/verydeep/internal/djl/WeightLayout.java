package verydeep.internal.djl;

import ai.djl.ndarray.NDArray;
import verydeep.network.ParameterShape;

/**
 * In which order the weights of convolutions lie in memory; their shape is (outputs, inputs,
 * height, width) in any case. libtorch's convolutions give their maps the order of the weights.
 */
public enum WeightLayout {
  /** Inputs last: what oneDNN on a CPU and the tensor cores of a card are fastest with. */
  CHANNELS_LAST,

  /** As the shape says: what a card is fastest with in exact 32 bits. */
  CHANNELS_FIRST;

  /**
   * All numbers of an array of weights in the order of memory.
   *
   * @param weights laid out so
   * @return a view, not a copy
   */
  public NDArray flat(NDArray weights) {
    return this == CHANNELS_LAST && weights.getShape().dimension() == 4
        ? weights.transpose(0, 2, 3, 1).flatten()
        : weights.flatten();
  }

  /**
   * The other way: numbers in the order of memory as an array of weights.
   *
   * @param flat as many numbers as the shape has
   * @param shape of the array
   * @return a view, not a copy
   */
  public NDArray shaped(NDArray flat, ParameterShape shape) {
    long[] sizes = shape.sizes().stream().mapToLong(Integer::longValue).toArray();
    return this == CHANNELS_LAST && sizes.length == 4
        ? flat.reshape(sizes[0], sizes[2], sizes[3], sizes[1]).transpose(0, 3, 1, 2)
        : flat.reshape(sizes);
  }
}
