package verydeep.report;

import java.util.List;
import verydeep.VerydeepException;
import verydeep.evaluation.Evaluation;
import verydeep.inspection.Faithfulness;
import verydeep.inspection.OptimizedImage;
import verydeep.localization.Localization;
import verydeep.network.Vgg;
import verydeep.training.Epoch;
import verydeep.training.Training;
import verydeep.transfer.Features;

/**
 * Results as charts. None of them needs a display.
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
   * @param epochs any number, even none
   * @return the image
   */
  public static Figure learningCurves(List<Epoch> epochs) {
    return LearningCurves.of("Training", epochs);
  }

  /**
   * Which classes were mistaken for which: counts, colored by their share of the true class.
   *
   * @param test the test
   * @return the image; without numbers and names if there are more than 40 classes
   */
  public static Figure confusion(Evaluation test) {
    return ConfusionChart.of(test, test.confusion());
  }

  /**
   * The same for the classes with the most mistakes; all others count as one.
   *
   * @param test the test, such as one of ImageNet's thousand classes
   * @param most how many classes are shown apart from the others, 1 or more; up to 39 have names
   * @return the image
   * @throws verydeep.VerydeepException if {@code most} is below 1
   */
  public static Figure confusion(Evaluation test, int most) {
    return ConfusionChart.of(test, test.confusion().mostConfused(most));
  }

  /**
   * Top-1 error of each test with its 95% interval.
   *
   * @param tests one or more, drawn from top to bottom
   * @return the image
   */
  public static Figure errors(Evaluation... tests) {
    return ErrorCharts.of(List.of(tests));
  }

  /**
   * The same for a list.
   *
   * @param tests one or more, drawn from top to bottom
   * @return the image
   */
  public static Figure errors(List<Evaluation> tests) {
    return ErrorCharts.of(tests);
  }

  /**
   * Top-1 error over the test scale Q (sections 4.1, 4.2): tests at one scale as points with their
   * 95% intervals, those that average several as horizontal lines with a band; or, if there are
   * more than two of these, with their intervals side by side.
   *
   * @param tests one or more tests of networks; also means of tests, if all were made at the same
   *     scales
   * @return the image
   * @throws VerydeepException if a test has no scales, or averages tests at different ones
   */
  public static Figure errorsByScale(Evaluation... tests) {
    return ScaleChart.of(List.of(tests));
  }

  /**
   * The same for a list.
   *
   * @param tests one or more tests of networks, or means of tests at the same scales
   * @return the image
   * @throws VerydeepException if a test has no scales, or averages tests at different ones
   */
  public static Figure errorsByScale(List<Evaluation> tests) {
    return ScaleChart.of(tests);
  }

  /**
   * The share of right images over the intersection over union that a box must have (appendix A):
   * where the curve drops early, boxes are roughly in place but do not fit well.
   *
   * @param tests one or more localization tests
   * @return the image, one curve per test
   * @throws VerydeepException if there is none
   */
  public static Figure accuracyOverIou(Localization... tests) {
    return OverlapChart.of(List.of(tests));
  }

  /**
   * A map of features: the plane in which they differ most (principal component analysis), one
   * point per image, colored by class; the axes name the share of the variance that they hold.
   *
   * @param features of at least three images
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

  /**
   * The score of a class as the pixels with the highest values of its map turn gray, and as they
   * appear in a blurred image.
   *
   * @param faithfulness the curves
   * @return the image
   */
  public static Figure faithfulness(Faithfulness faithfulness) {
    return InspectionCharts.of(faithfulness);
  }

  /**
   * How the loss of an image that was made fell.
   *
   * @param image the image
   * @return the image, logarithmic if all losses are above 0
   */
  public static Figure losses(OptimizedImage image) {
    return InspectionCharts.losses(image);
  }
}
