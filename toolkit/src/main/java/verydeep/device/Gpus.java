package verydeep.device;

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

/**
 * The cards that DJL can compute on. Whether there are any is decided once, when it is first asked:
 * a card counts if the driver, CUDA's run-time library and the libtorch that DJL has loaded are all
 * there. {@link Hardware} says which of these is missing.
 */
public final class Gpus {

  private Gpus() {}

  private static final class Count {
    static final int VALUE = count();

    /** A machine without CUDA need not load libtorch to know that it has no card. */
    private static int count() {
      if (!CudaUtils.hasCuda()) {
        return 0;
      }
      Engine.getEngine("PyTorch");
      return JniUtils.getFeatures().contains("CUDA") ? CudaUtils.getGpuCount() : 0;
    }
  }

  /**
   * How many cards DJL can compute on.
   *
   * @return 0 if it computes on the CPU
   */
  public static int count() {
    return Count.VALUE;
  }

  /**
   * What a program can still have of a card's memory. Memory that libtorch keeps for its next
   * arrays is given back first.
   *
   * @param device a card
   * @return bytes
   */
  public static long free(Device device) {
    empty();
    MemoryUsage usage = CudaUtils.getGpuMemory(device);
    return usage.getMax() - usage.getCommitted();
  }

  /** Gives back what libtorch keeps of the cards' memory for its next arrays. */
  public static void empty() {
    if (count() > 0) {
      JniUtils.emptyCudaCache();
    }
  }

  /**
   * Lets convolutions and matrix products on cards round what they multiply to 11 significant bits
   * (TF32), which is several times as fast. It holds for the whole process until the next call;
   * each computation of this toolkit sets it again.
   *
   * @param allowed whether it may; libtorch's own default is yes for convolutions alone
   */
  public static void allowTf32(boolean allowed) {
    if (count() > 0) {
      Libtorch.allowTf32(allowed);
    }
  }

  /**
   * Whether {@link #allowTf32} changes anything: libtorch's switch is not part of what DJL offers,
   * and a libtorch may have it under another name.
   *
   * @return true if it does
   */
  public static boolean canSwitchTf32() {
    return Libtorch.hasSwitch();
  }

  /**
   * Lets libtorch take the working memory of its matrix products, some 70 MB, which it keeps for
   * good. Taken in the middle of other work it lies in a block of gigabytes that somebody just gave
   * back, and which then can never be given to another program.
   *
   * @param manager on which device; nothing is done on a CPU
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
        // squared, so that the thread's first work is none of cuBLAS, which would warn of that
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
