package verydeep.report;

import java.util.List;
import verydeep.VerydeepException;
import verydeep.evaluation.Evaluation;
import verydeep.gpu.GpuReport;
import verydeep.localization.Localization;
import verydeep.network.Vgg;
import verydeep.training.Epoch;
import verydeep.training.Training;
import verydeep.transfer.Features;

/**
 * Results as charts. All of them work without a display.
 *
 * <pre>{@code
 * Charts.learningCurves(run).write("target/curves.png");
 * }</pre>
 */
public final class Charts {

  private Charts() {}

  /**
   * Loss, and training and validation error, over the epochs of a training (section 3.1).
   *
   * @param training the finished training
   * @return the image
   */
  public static Figure learningCurves(Training training) {
    return LearningCurves.of("Training of VGG " + training.network().label(), training.epochs());
  }

  /**
   * Loss, and training and validation error, over the epochs so far.
   *
   * @param epochs any number, also none
   * @return the image
   */
  public static Figure learningCurves(List<Epoch> epochs) {
    return LearningCurves.of("Training", epochs);
  }

  /**
   * Which classes were taken for which: counts, colored by their share of the true class.
   *
   * @param test the test
   * @return the image; with more than 40 classes without numbers and names
   */
  public static Figure confusion(Evaluation test) {
    return ConfusionChart.of(test, test.confusion());
  }

  /**
   * The same of the classes that are in most mistakes, with all others as one.
   *
   * @param test the test, say of ImageNet's thousand classes
   * @param most how many classes beside the others, 1 or more; up to 39 have names
   * @return the image
   * @throws verydeep.VerydeepException if {@code most} is below 1
   */
  public static Figure confusion(Evaluation test, int most) {
    return ConfusionChart.of(test, test.confusion().mostConfused(most));
  }

  /**
   * How fast each kind of work went in a check of cards.
   *
   * @param report of the check
   * @return the image
   */
  public static Figure speeds(GpuReport report) {
    return GpuChart.of(report);
  }

  /**
   * Top-1 error of each test with its 95% interval.
   *
   * @param tests one or more, drawn from above
   * @return the image
   */
  public static Figure errors(Evaluation... tests) {
    return ErrorCharts.of(List.of(tests));
  }

  /**
   * The same of a list.
   *
   * @param tests one or more, drawn from above
   * @return the image
   */
  public static Figure errors(List<Evaluation> tests) {
    return ErrorCharts.of(tests);
  }

  /**
   * Top-1 error over the test scale Q (sections 4.1, 4.2): tests at one scale as points with their
   * 95% intervals, those that average several as horizontal lines with a band; if there are more
   * than two of these, with their intervals side by side.
   *
   * @param tests one or more, whose protocols name their scales; the mean of tests too, if all were
   *     made at the same ones
   * @return the image
   * @throws VerydeepException if a protocol names none, or several
   */
  public static Figure errorsByScale(Evaluation... tests) {
    return ScaleChart.of(List.of(tests));
  }

  /**
   * The same of a list.
   *
   * @param tests one or more, whose protocols name their scales
   * @return the image
   * @throws VerydeepException if a protocol names none
   */
  public static Figure errorsByScale(List<Evaluation> tests) {
    return ScaleChart.of(tests);
  }

  /**
   * The share of right images over the intersection over union that a box must have (appendix A):
   * where the curve falls early, boxes are roughly in place and fit badly.
   *
   * @param tests of localization, one or more
   * @return the image, a curve a test
   * @throws VerydeepException if there is none
   */
  public static Figure accuracyOverIou(Localization... tests) {
    return OverlapChart.of(List.of(tests));
  }

  /**
   * A map of features: the plane in which they differ most (principal component analysis), a point
   * an image, colored by class; the axes say how much of the variance they hold.
   *
   * @param features of three images or more
   * @return the image
   * @throws verydeep.VerydeepException if there are fewer images
   */
  public static Figure map(Features features) {
    return FeatureMap.of(features);
  }

  /**
   * Parameters of convolutions and of fully connected layers (Table 2).
   *
   * @param networks one or more
   * @return the image
   */
  public static Figure parameters(Vgg... networks) {
    return NetworkCharts.parameters(List.of(networks));
  }

  /**
   * Multiply-accumulate operations for one image of the training size, by block.
   *
   * @param networks one or more
   * @return the image
   */
  public static Figure cost(Vgg... networks) {
    return NetworkCharts.cost(List.of(networks));
  }

  /**
   * Receptive field of each convolution over its depth (section 2.3).
   *
   * @param networks one or more
   * @return the image
   */
  public static Figure receptiveFields(Vgg... networks) {
    return NetworkCharts.receptiveFields(List.of(networks));
  }

  /**
   * Weight layers by block (Table 1).
   *
   * @param networks one or more
   * @return the image
   */
  public static Figure depth(Vgg... networks) {
    return NetworkCharts.depth(List.of(networks));
  }
}
