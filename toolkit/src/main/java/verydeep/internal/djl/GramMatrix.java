package verydeep.internal.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;

/** Products of large matrices in plain arrays, which libtorch multiplies. */
public final class GramMatrix {

  private GramMatrix() {}

  /**
   * Returns the Gram matrix of a layer's maps: the sum over all places of the product of each two
   * channels.
   *
   * @param maps channels x places
   * @param channels the number of channels
   * @return channels x channels
   */
  public static float[] of(float[] maps, int channels) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      boolean gradients = JniUtils.isGradMode();
      JniUtils.setGradMode(false);
      try {
        NDArray rows = manager.create(maps, new Shape(channels, maps.length / channels));
        return rows.matMul(rows.transpose()).toFloatArray();
      } finally {
        JniUtils.setGradMode(gradients);
      }
    }
  }

  /**
   * Returns the product of a matrix and a layer's maps, which is the gradient at the maps that
   * follows from one at their Gram matrix.
   *
   * @param matrix channels x channels
   * @param maps channels x places
   * @param channels the number of channels
   * @return channels x places
   */
  public static float[] times(float[] matrix, float[] maps, int channels) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      boolean gradients = JniUtils.isGradMode();
      JniUtils.setGradMode(false);
      try {
        NDArray left = manager.create(matrix, new Shape(channels, channels));
        NDArray right = manager.create(maps, new Shape(channels, maps.length / channels));
        return left.matMul(right).toFloatArray();
      } finally {
        JniUtils.setGradMode(gradients);
      }
    }
  }
}
