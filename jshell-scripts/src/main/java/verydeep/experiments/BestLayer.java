package verydeep.experiments;

import java.util.List;
import verydeep.data.Images;
import verydeep.evaluation.Evaluation;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.LinearSvm;

/** Fixed features of that layer which is best on other images than those that it is tested on. */
public final class BestLayer {

  private BestLayer() {}

  /**
   * Trains a linear SVM on each layer's features, and tests the one that errs least.
   *
   * @param weights whose features, in a few words
   * @param extractor of that network
   * @param layers in this order; of equals the first
   * @param photos to train on
   * @param choosing to choose the layer with
   * @param unseen to test on
   * @return the test, named by the layer
   */
  public static Evaluation svm(
      String weights,
      FeatureExtractor extractor,
      List<String> layers,
      Images photos,
      Images choosing,
      Images unseen) {
    double least = Double.POSITIVE_INFINITY;
    LinearSvm best = null;
    String chosen = null;
    for (String layer : layers) {
      FeatureExtractor features = extractor.layer(layer);
      LinearSvm svm = LinearSvm.of(features.run(photos)).run();
      double error = svm.test(features.run(choosing)).errors().top1().value();
      if (error < least) {
        least = error;
        best = svm;
        chosen = layer;
      }
    }
    return best.test(extractor.layer(chosen).run(unseen))
        .named(weights + ", fixed " + chosen + " and linear SVM");
  }
}
