package verydeep.transfer;

import java.util.ArrayList;
import java.util.List;
import verydeep.VerydeepException;
import verydeep.data.TestViews;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;

/**
 * A linear support vector machine on features, one class against the rest (appendix B): LIBLINEAR's
 * L2-regularised one with squared hinge loss.
 *
 * <pre>{@code
 * var svm = LinearSvm.of(trainingFeatures).run();
 * System.out.println(svm.test(testFeatures));
 * }</pre>
 */
public final class LinearSvm {

  private final List<String> classes;
  private final Hyperplanes planes;
  private final double cost;

  LinearSvm(Features trainedOn, double[][] weights, double cost) {
    this.classes = trainedOn.classes();
    this.planes = new Hyperplanes(weights, trainedOn);
    this.cost = cost;
  }

  /**
   * Starts the training of a classifier.
   *
   * @param features vectors with their classes; at least two classes need images
   * @return a builder
   */
  public static LinearSvmBuilder of(Features features) {
    return new LinearSvmBuilder(features);
  }

  /**
   * The names of the classes.
   *
   * @return the names
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * The cost C of a violated margin.
   *
   * @return the value that was given or chosen
   */
  public double cost() {
    return cost;
  }

  /**
   * The decision values of a vector.
   *
   * @param vector as long as those that the classifier was trained on
   * @return a number a class, above 0 if it is rather that class than the rest
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
   * @throws VerydeepException if they are of other classes, or of another layer, network or
   *     protocol than those of the training
   */
  public Evaluation test(Features test) {
    if (!test.classes().equals(classes)) {
      throw new VerydeepException(
          "The classifier knows the classes "
              + classes
              + "; the images have "
              + test.classes()
              + ".");
    }
    long start = System.nanoTime();
    List<float[]> values = planes.decide(test);
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < test.size(); i++) {
      predictions.add(new Prediction(test.file(i), test.label(i), values.get(i)));
    }
    double seconds = test.seconds() + (System.nanoTime() - start) / 1e9;
    String name = "linear SVM on " + test.network();
    TestViews views = test.facts().views();
    return views == null
        ? new Evaluation(name, test.protocol(), classes, predictions, seconds)
        : new Evaluation(name, views, classes, predictions, seconds);
  }

  /** Features, classes and cost. */
  @Override
  public String toString() {
    return planes + ", C=" + cost;
  }
}
