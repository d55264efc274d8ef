package verydeep.internal.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import verydeep.internal.images.Levels;
import verydeep.network.ParameterShape;
import verydeep.network.Tensor;

/**
 * Converts plain Java arrays to DJL's. Java writes the numbers straight into the native array,
 * once: DJL's own way goes through a second JVM buffer, which doubles the time and is subject to
 * the heap limit. Since Java does the reading, a mapped file that is truncated leads to an
 * InternalError rather than a crash of the process.
 */
public final class NativeTensors {

  private NativeTensors() {}

  /**
   * Loads an array in the layout that is fastest on a CPU: channels-last makes D 1.1 to 1.3 times
   * as fast.
   */
  static NDArray load(NDManager manager, ParameterShape shape, Tensor tensor) {
    return load(manager, tensor, WeightLayout.CHANNELS_LAST);
  }

  /** Loads an array; the layout of convolution weights does not affect their shape. */
  static NDArray load(NDManager manager, Tensor tensor, WeightLayout layout) {
    long[] sizes = tensor.sizes().stream().mapToLong(Integer::longValue).toArray();
    if (sizes.length != 4 || layout == WeightLayout.CHANNELS_FIRST) {
      return filled(manager, new Shape(sizes), tensor);
    }
    int outputs = (int) sizes[0];
    int inputs = (int) sizes[1];
    int places = (int) (sizes[2] * sizes[3]);
    Tensor channelsLast =
        Tensor.computed(
            tensor.sizes(), target -> turn(tensor.values(), target, outputs, inputs, places));
    try (NDManager scope = manager.newSubManager()) {
      Shape stored = new Shape(sizes[0], sizes[2], sizes[3], sizes[1]);
      NDArray view = filled(scope, stored, channelsLast).transpose(0, 3, 1, 2);
      view.attach(manager);
      return view;
    }
  }

  /**
   * Copies numbers to a device; numbers outside the heap reach a GPU in one copy.
   *
   * @param manager owns the array and determines the device
   * @param numbers the numbers, starting at the buffer's position
   * @param shape the shape of the array
   * @return the array
   */
  public static NDArray copy(NDManager manager, FloatBuffer numbers, Shape shape) {
    if (manager.getDevice().isGpu() && DirectBuffers.isDirect(numbers)) {
      FloatBuffer some = numbers.slice(0, Math.toIntExact(shape.size()));
      try {
        return manager.create(DirectBuffers.bytes(some), shape, DataType.FLOAT32);
      } finally {
        Reference.reachabilityFence(numbers);
      }
    }
    return manager.create(numbers.slice(), shape);
  }

  /**
   * Copies 8-bit levels to a device, which looks them up: a quarter of the bytes of the numbers.
   *
   * @param manager owns the array and determines the device
   * @param levels images of one shape
   * @param height their height in pixels
   * @param width their width in pixels
   * @param type the type of the numbers
   * @return images x 3 x height x width numbers
   */
  public static NDArray look(
      NDManager manager, Levels levels, int height, int width, DataType type) {
    long planes = 3L * levels.size();
    try (NDManager scope = manager.newSubManager()) {
      NDArray table =
          copy(scope, levels.tables(), new Shape(planes, Levels.COUNT)).toType(type, false);
      NDArray bytes =
          scope.create(levels.bytes(), new Shape(planes, (long) height * width), DataType.UINT8);
      NDArray places = bytes.toType(DataType.INT64, false);
      NDArray numbers = table.gather(places, 1).reshape(levels.size(), 3, height, width);
      numbers.attach(manager);
      return numbers;
    }
  }

  private static NDArray filled(NDManager manager, Shape shape, Tensor tensor) {
    if (manager.getDevice().isGpu()) {
      FloatBuffer values = FloatBuffer.allocate(tensor.size());
      tensor.copyTo(values);
      return manager.create(values.flip(), shape);
    }
    NDArray array = manager.create(shape, DataType.FLOAT32);
    if (tensor.size() > 0) {
      tensor.copyTo(array.toByteBuffer(true).asFloatBuffer());
    }
    return array;
  }

  /** Transposes each output's (inputs, positions) to (positions, inputs). */
  private static void turn(
      FloatBuffer values, FloatBuffer target, int outputs, int inputs, int places) {
    float[] given = new float[inputs * places];
    float[] turned = new float[inputs * places];
    for (int output = 0; output < outputs; output++) {
      values.get(given);
      for (int place = 0, at = 0; place < places; place++) {
        for (int input = 0; input < inputs; input++) {
          turned[at++] = given[input * places + place];
        }
      }
      target.put(turned);
    }
  }
}
