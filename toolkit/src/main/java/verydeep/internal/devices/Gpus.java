package verydeep.internal.devices;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;
import verydeep.device.Hardware;

/**
 * The GPUs that DJL can compute on. Whether there are any is determined once, on first use: a GPU
 * counts if the driver, CUDA's runtime library, and a CUDA build of libtorch loaded by DJL are all
 * present. {@link Hardware} says which of these is missing.
 */
public final class Gpus {

  private Gpus() {}

  private static final class Count {
    static final int VALUE = Undisturbed.call(Gpus::counted); // a method of Count would wait for it
  }

  /** Counts the GPUs; a machine without CUDA need not load libtorch to know that it has none. */
  private static int counted() {
    if (!CudaUtils.hasCuda()) {
      return 0;
    }
    Engine.getEngine("PyTorch");
    return JniUtils.getFeatures().contains("CUDA") ? CudaUtils.getGpuCount() : 0;
  }

  /**
   * Returns how many GPUs DJL can compute on.
   *
   * @return the number of GPUs; 0 if DJL computes on the CPU
   */
  public static int count() {
    return Count.VALUE;
  }

  /**
   * Returns how much of a GPU's memory is still available. Memory that libtorch caches for its next
   * arrays is released first.
   *
   * @param device a GPU
   * @return the number of bytes
   */
  public static long free(Device device) {
    empty();
    MemoryUsage usage = CudaUtils.getGpuMemory(device);
    return usage.getMax() - usage.getCommitted();
  }

  /** Releases the GPU memory that libtorch caches for its next arrays. */
  public static void empty() {
    if (count() > 0) {
      JniUtils.emptyCudaCache();
    }
  }

  /**
   * Allows convolutions and matrix products on GPUs to round factors to 11 significant bits (TF32),
   * which is several times as fast. The setting applies to the whole process until the next call;
   * each computation of this toolkit sets it again.
   *
   * @param allowed whether rounding is allowed; libtorch's own default allows it for convolutions
   *     only
   */
  public static void allowTf32(boolean allowed) {
    if (count() > 0) {
      Libtorch.allowTf32(allowed);
    }
  }

  /**
   * Returns whether {@link #allowTf32} has any effect: libtorch's switch is not part of DJL's API,
   * and some version of libtorch may have it under another name.
   *
   * @return true if it has
   */
  public static boolean canSwitchTf32() {
    return Libtorch.hasSwitches();
  }

  /**
   * Sets whether cuDNN computes convolutions on GPUs, or libtorch as matrix products of all
   * windows. The setting applies to the whole process until the next call; the default is cuDNN.
   *
   * @param used whether cuDNN computes them
   */
  public static void useCudnn(boolean used) {
    if (count() > 0) {
      Libtorch.useCudnn(used);
    }
  }

  /**
   * Makes libtorch allocate the working memory of its matrix products, some 70 MB, which it keeps
   * forever. If that happened in the middle of other work, the memory could lie in a block of
   * gigabytes that was just freed and could then never be released to other programs.
   *
   * @param manager a manager on the device; nothing is done on a CPU
   */
  public static void settle(NDManager manager) {
    if (!manager.getDevice().isGpu()) {
      return;
    }
    boolean gradients = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try (NDManager scope = manager.newSubManager()) {
      for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT16}) {
        NDArray weight = scope.ones(new Shape(8, 8), type);
        weight.setRequiresGradient(true);
        // squared, so that the thread's first work does not use cuBLAS, which would print a warning
        NDArray product =
            Linear.linear(weight, weight, scope.ones(new Shape(8), type))
                .singletonOrThrow()
                .square();
        PtNDArray from = (PtNDArray) scope.ones(new Shape(8, 8), type);
        JniUtils.backward((PtNDArray) product, from, false, false); // on a thread of its own
      }
    } finally {
      JniUtils.setGradMode(gradients);
    }
  }
}
