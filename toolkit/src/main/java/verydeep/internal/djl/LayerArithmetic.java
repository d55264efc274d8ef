package verydeep.internal.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import verydeep.network.Layer;
import verydeep.network.ParameterShape;

/**
 * The computation of each layer on DJL's arrays. Maps are (images, channels, height, width); from
 * fc6 on they are (images, positions, units), one for each position of the window on the map.
 *
 * <p>Constants are arrays of the manager: DJL's {@code mul(2)} creates an array in the JVM's memory
 * and releases it at once, though libtorch needs it later to compute gradients.
 */
public final class LayerArithmetic {

  /** The share the running statistics keep, in DJL's sense of momentum; torchvision's default. */
  private static final float BATCH_NORM_MOMENTUM = 0.9f;

  private static final Shape ONE = new Shape(1, 1);

  private LayerArithmetic() {}

  /**
   * Returns the layers in order of computation. A ReLU moves after the max-pooling that follows it:
   * the maximum commutes with the ReLU, bit for bit, and it then takes a quarter of the memory.
   */
  static List<Layer> order(List<Layer> layers) {
    List<Layer> order = new ArrayList<>(layers);
    for (int i = 0; i + 1 < order.size(); i++) {
      if (order.get(i) instanceof Layer.Relu && order.get(i + 1) instanceof Layer.MaxPooling) {
        Collections.swap(order, i, i + 1);
        i++;
      }
    }
    return order;
  }

  public static NDArray apply(
      Layer layer, NDArray x, Function<ParameterShape, NDArray> parameter, boolean training) {
    List<NDArray> p = layer.parameters().stream().map(parameter).toList();
    if (layer instanceof Layer.Convolution convolution) {
      Shape padding = new Shape(convolution.padding(), convolution.padding());
      return Conv2d.conv2d(x, p.get(0), p.get(1), ONE, padding, ONE, 1).singletonOrThrow();
    } else if (layer instanceof Layer.Relu) {
      return Activation.relu(x);
    } else if (layer instanceof Layer.MaxPooling) {
      return Pool.maxPool2d(x, new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false);
    } else if (layer instanceof Layer.FullyConnected fullyConnected) {
      return fullyConnected(fullyConnected, x, p.get(0), p.get(1));
    } else if (layer instanceof Layer.Dropout dropout) {
      return training && dropout.rate() > 0
          ? Dropout.dropout(x, (float) dropout.rate(), true).singletonOrThrow()
          : x;
    } else if (layer instanceof Layer.LocalResponseNormalization normalization) {
      return normalize(normalization, x);
    } else if (layer instanceof Layer.BatchNormalization) {
      return BatchNorm.batchNorm(
              x,
              p.get(2),
              p.get(3),
              p.get(0),
              p.get(1),
              1,
              BATCH_NORM_MOMENTUM,
              Layer.BatchNormalization.EPSILON,
              training)
          .singletonOrThrow();
    }
    throw new AssertionError(layer);
  }

  private static NDArray fullyConnected(
      Layer.FullyConnected layer, NDArray x, NDArray weight, NDArray bias) {
    NDArray rows = x;
    if (x.getShape().dimension() == 4) {
      rows = windows(x, layer.window());
    }
    return Linear.linear(rows, weight, bias).singletonOrThrow();
  }

  /**
   * Returns all windows of a map as rows: concatenated views. This is much faster than a
   * convolution with such a large window, for which the library rearranges 411 MB of weights on
   * every call.
   */
  private static NDArray windows(NDArray x, int window) {
    Shape shape = x.getShape();
    long images = shape.get(0);
    int rows = (int) shape.get(2) - window + 1;
    int columns = (int) shape.get(3) - window + 1;
    if (rows == 1 && columns == 1) {
      return x.reshape(images, 1, -1);
    }
    NDList all = new NDList();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        NDArray view =
            x.get(new NDIndex(":,:,{}:{},{}:{}", row, row + window, column, column + window));
        all.add(view.reshape(images, 1, -1));
      }
    }
    return NDArrays.concat(all, 1);
  }

  /** Normalizes; the sum over neighboring channels is a 1x1 convolution with a band of ones. */
  private static NDArray normalize(Layer.LocalResponseNormalization layer, NDArray x) {
    NDManager manager = x.getManager();
    int channels = (int) x.getShape().get(1);
    float[] band = new float[channels * channels];
    int reach = layer.neighbours() / 2;
    for (int i = 0; i < channels; i++) {
      for (int j = Math.max(0, i - reach); j <= Math.min(channels - 1, i + reach); j++) {
        band[i * channels + j] = 1;
      }
    }
    NDArray ones = manager.create(band, new Shape(channels, channels, 1, 1));
    NDArray sums =
        Conv2d.conv2d(x.square(), ones, null, ONE, new Shape(0, 0), ONE, 1).singletonOrThrow();
    NDArray base = sums.mul(manager.create(layer.alpha())).add(manager.create(layer.k()));
    NDArray root = base.sqrt();
    NDArray divisor =
        layer.beta() == 0.75 ? root.mul(root.sqrt()) : base.pow(manager.create(layer.beta()));
    return x.div(divisor);
  }
}
