package verydeep.internal.inference;

import java.util.List;

/** From class scores to class posteriors, by the soft-max. */
public final class Posteriors {

  private Posteriors() {}

  /**
   * Returns the mean of the posteriors of several views (section 3.2).
   *
   * @param activations the class scores of each view
   * @return a number per class; their sum is 1
   */
  public static float[] mean(List<MeanActivations> activations) {
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
    double[] posterior = softMax(scores);
    for (int i = 0; i < scores.length; i++) {
      sum[i] += posterior[i];
    }
  }

  /**
   * Returns the soft-max of class scores.
   *
   * @param scores a number per class
   * @return a number per class; their sum is 1
   */
  public static double[] softMax(float[] scores) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      largest = Math.max(largest, score);
    }
    double[] posterior = new double[scores.length];
    double total = 0;
    for (int i = 0; i < scores.length; i++) {
      posterior[i] = Math.exp(scores[i] - largest);
      total += posterior[i];
    }
    for (int i = 0; i < scores.length; i++) {
      posterior[i] /= total;
    }
    return posterior;
  }
}
