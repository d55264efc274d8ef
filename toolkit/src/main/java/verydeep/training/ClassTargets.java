package verydeep.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import verydeep.internal.tasks.LossCounts;
import verydeep.internal.tasks.Targets;

/** One class per image; the loss is softmax cross-entropy (section 3.1). */
final class ClassTargets implements Targets {

  private final int[] labels;

  ClassTargets(int[] labels) {
    this.labels = labels.clone();
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int counted() {
    return labels.length;
  }

  @Override
  public Wanted load(NDManager scope, int from, int to) {
    int[] some = Arrays.copyOfRange(labels, from, to);
    NDArray own = scope.create(some).toType(DataType.INT64, false).expandDims(1);
    return outputs -> {
      // in 32 bits, whatever the precision of the scores
      NDArray logarithms = JniUtils.logSoftmax((PtNDArray) outputs, 1, DataType.FLOAT32);
      NDArray loss = logarithms.gather(own, 1).sum().neg();
      return new Found(
          loss, logarithms, () -> LossCounts.of(loss.getFloat(), logarithms.toFloatArray(), some));
    };
  }

  /**
   * With p = softmax(z), the loss is -log p of the class, and its gradient p less 1 for the class.
   * Both are the same bits on each machine.
   */
  @Override
  public LossCounts differentiate(float[] outputs, int image, float share, float[] gradient) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float output : outputs) {
      largest = Math.max(largest, output);
    }
    double sum = 0;
    for (float output : outputs) {
      sum += StrictMath.exp(output - largest);
    }
    int label = labels[image];
    for (int k = 0; k < outputs.length; k++) {
      double p = StrictMath.exp(outputs[k] - largest) / sum;
      gradient[k] = (float) ((k == label ? p - 1 : p) * share);
    }
    double loss = StrictMath.log(sum) + largest - outputs[label];
    return LossCounts.of(loss, outputs, new int[] {label});
  }
}
