package verydeep.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import verydeep.internal.batches.Batch;
import verydeep.internal.djl.NativeTensors;
import verydeep.internal.images.Levels;

/** The images of a batch on their way to a device. */
interface Inputs {

  /**
   * Loads some of the images as an array, images x 3 x side x side.
   *
   * @param scope the owner of the array, which determines the device
   * @param from the first image
   * @param to the index after the last one
   * @param type the type of the numbers
   */
  NDArray load(NDManager scope, int from, int to, int side, DataType type);

  /** Returns the images in the form in which the batch has them. */
  static Inputs of(Batch batch) {
    return batch.levels().<Inputs>map(Looked::new).orElseGet(() -> new Floats(batch.pixels()));
  }

  /** Preprocessed numbers. */
  record Floats(FloatBuffer pixels) implements Inputs {

    @Override
    public NDArray load(NDManager scope, int from, int to, int side, DataType type) {
      int numbers = 3 * side * side;
      FloatBuffer some = pixels.slice(pixels.position() + from * numbers, (to - from) * numbers);
      NDArray floats = NativeTensors.copy(scope, some, new Shape(to - from, 3, side, side));
      return floats.toType(type, false);
    }
  }

  /** Eight-bit levels that the device looks up, a quarter of the bytes to transfer. */
  record Looked(Levels levels) implements Inputs {

    @Override
    public NDArray load(NDManager scope, int from, int to, int side, DataType type) {
      return NativeTensors.look(scope, levels.slice(from, to), side, side, type);
    }
  }
}
