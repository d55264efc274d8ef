package verydeep.transfer;

import java.util.ArrayList;
import java.util.List;
import verydeep.VerydeepException;
import verydeep.data.TestViews;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;

/**
 * A linear support vector machine on features, one class against the rest (appendix B):
 * LIBLINEAR's, L2-regularized, with squared hinge loss.
 *
 * <pre>{@code
 * var svm = LinearSvm.of(trainingFeatures).run();
 * System.out.println(svm.test(testFeatures));
 * }</pre>
 */
public final class LinearSvm {

  private final Hyperplanes planes;

  LinearSvm(Hyperplanes planes) {
    this.planes = planes;
  }

  /**
   * Starts the training of a classifier.
   *
   * @param features vectors with their classes; at least two classes need images
   * @return a builder
   */
  public static LinearSvmBuilder of(Features features) {
    return new LinearSvmBuilder(features, SvmSettings.DEFAULT);
  }

  /**
   * The names of the classes.
   *
   * @return the names
   */
  public List<String> classes() {
    return planes.classes();
  }

  /**
   * The cost C of a violated margin.
   *
   * @return the value that was given or chosen
   */
  public double cost() {
    return planes.cost();
  }

  /**
   * The decision values of a vector.
   *
   * @param vector as long as those that the classifier was trained on
   * @return one number per class, above 0 if it is more likely that class than the rest
   * @throws VerydeepException if the vector is of another length
   */
  public float[] decide(float[] vector) {
    return planes.decide(vector);
  }

  /**
   * Tests the classifier.
   *
   * @param test features of other images, extracted in the same way
   * @return the result; its scores are decision values
   * @throws VerydeepException if the classes, layer, network or protocol are not those of the
   *     training
   */
  public Evaluation test(Features test) {
    long start = System.nanoTime();
    List<float[]> values = planes.decide(test, test.classes());
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < test.size(); i++) {
      predictions.add(new Prediction(test.file(i), test.label(i), values.get(i)));
    }
    double seconds = test.seconds() + (System.nanoTime() - start) / 1e9;
    String name = "linear SVM on " + test.network();
    TestViews views = test.facts().views();
    return views == null
        ? new Evaluation(name, test.protocol(), classes(), predictions, seconds)
        : new Evaluation(name, views, classes(), predictions, seconds);
  }

  /** Features, classes and cost. */
  @Override
  public String toString() {
    return planes + ", C=" + cost();
  }
}
