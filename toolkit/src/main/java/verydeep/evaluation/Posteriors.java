package verydeep.evaluation;

import java.util.List;
import verydeep.internal.inference.MeanActivations;

/** From class scores to class posteriors, by the soft-max. */
final class Posteriors {

  private Posteriors() {}

  /** The mean of the posteriors of several views (section 3.2). */
  static float[] mean(List<MeanActivations> activations) {
    int classes = activations.get(0).means().get(0).length;
    double[] sum = new double[classes];
    for (MeanActivations activation : activations) {
      addSoftmax(activation.means().get(0), sum);
    }
    float[] mean = new float[classes];
    for (int i = 0; i < classes; i++) {
      mean[i] = (float) (sum[i] / activations.size());
    }
    return mean;
  }

  private static void addSoftmax(float[] scores, double[] sum) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      largest = Math.max(largest, score);
    }
    double total = 0;
    double[] powers = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      powers[i] = Math.exp(scores[i] - largest);
      total += powers[i];
    }
    for (int i = 0; i < scores.length; i++) {
      sum[i] += powers[i] / total;
    }
  }
}
