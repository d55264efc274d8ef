package verydeep.internal.djl;

import ai.djl.ndarray.NDArray;
import verydeep.network.ParameterShape;

/**
 * The memory layout of convolution weights; their shape is always (outputs, inputs, height, width).
 * libtorch's convolutions give their maps the layout of the weights.
 */
public enum WeightLayout {
  /** Inputs last, which is fastest with oneDNN on a CPU and with a GPU's tensor cores. */
  CHANNELS_LAST,

  /** In the order of the shape, which is fastest on a GPU in exact 32 bits. */
  CHANNELS_FIRST;

  /**
   * Returns all numbers of a weight array in memory order.
   *
   * @param weights the weights in this layout
   * @return a view, not a copy
   */
  public NDArray flat(NDArray weights) {
    return this == CHANNELS_LAST && weights.getShape().dimension() == 4
        ? weights.transpose(0, 2, 3, 1).flatten()
        : weights.flatten();
  }

  /**
   * Returns numbers in memory order as a weight array.
   *
   * @param flat as many numbers as the shape has
   * @param shape the shape of the array
   * @return a view, not a copy
   */
  public NDArray shaped(NDArray flat, ParameterShape shape) {
    long[] sizes = shape.sizes().stream().mapToLong(Integer::longValue).toArray();
    return this == CHANNELS_LAST && sizes.length == 4
        ? flat.reshape(sizes[0], sizes[2], sizes[3], sizes[1]).transpose(0, 3, 1, 2)
        : flat.reshape(sizes);
  }
}
