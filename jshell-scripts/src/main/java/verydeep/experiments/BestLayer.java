package verydeep.experiments;

import java.util.List;
import verydeep.data.Images;
import verydeep.evaluation.Evaluation;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.LinearSvm;

/** Fixed features of the layer that is best on images other than the test images. */
public final class BestLayer {

  private BestLayer() {}

  /**
   * Trains a linear SVM on each layer's features and tests the one with the lowest error.
   *
   * @param weights the weights that made the features, in a few words
   * @param extractor the extractor for that network
   * @param layers the layers in order; of equally good ones, the first is used
   * @param photos the training images
   * @param choosing the images to choose the layer with
   * @param unseen the test images
   * @return the test, named after the layer
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
