package verydeep.report;

import java.util.List;
import tech.tablesaw.api.Table;
import verydeep.classification.Classification;
import verydeep.classification.ClassifiedImages;
import verydeep.evaluation.Comparison;
import verydeep.evaluation.ConfusionMatrix;
import verydeep.evaluation.Evaluation;
import verydeep.inspection.Attribution;
import verydeep.inspection.Faithfulness;
import verydeep.inspection.OptimizedImage;
import verydeep.inspection.PerceptualDistance;
import verydeep.inspection.StrongestPatches;
import verydeep.localization.Localization;
import verydeep.network.NetworkSummary;
import verydeep.network.Vgg;
import verydeep.training.Epoch;
import verydeep.training.Training;
import verydeep.transfer.Features;
import verydeep.transfer.MultiLabelEvaluation;
import verydeep.transfer.SplitResults;
import verydeep.transfer.SvmLearning;

/**
 * Results as Tablesaw tables: sort, filter and join them, or print them.
 *
 * <pre>{@code
 * System.out.println(Tables.text(Tables.table2()));
 * }</pre>
 */
public final class Tables {

  private Tables() {}

  /**
   * A network at its training size: one row per layer with a size or weights, and their sum.
   *
   * @param network the network
   * @return kernel, output, receptive field, stride, offset, parameters and MACs of each layer
   */
  public static Table of(Vgg network) {
    return of(network.summary());
  }

  /**
   * A network for images of some size: one row per layer with a size or weights, and their sum.
   *
   * @param summary the network's summary at that size
   * @return kernel, output, receptive field, stride, offset, parameters and MACs of each layer
   */
  public static Table of(NetworkSummary summary) {
    return NetworkTables.layers(summary);
  }

  /**
   * Strongest patches: one row per patch.
   *
   * @param patches what was found
   * @return layer, channel, rank, activation, image, and the receptive field in it
   */
  public static Table of(StrongestPatches patches) {
    return InspectionTables.of(patches);
  }

  /**
   * Maps of the evidence for classes: one row per class.
   *
   * @param attribution the maps
   * @return class, score, bias, and the sum and range of the map
   */
  public static Table of(Attribution attribution) {
    return InspectionTables.of(attribution);
  }

  /**
   * Curves of deletion and insertion: one row per step.
   *
   * @param faithfulness the curves
   * @return the share of the pixels, and the score of both curves
   */
  public static Table of(Faithfulness faithfulness) {
    return InspectionTables.of(faithfulness);
  }

  /**
   * A perceptual difference: one row per layer, and their sum.
   *
   * @param difference the difference
   * @return layer and difference
   */
  public static Table of(PerceptualDistance.Difference difference) {
    return InspectionTables.of(difference);
  }

  /**
   * The losses of an image that was made: one row per step.
   *
   * @param image the image
   * @return step and loss
   */
  public static Table of(OptimizedImage image) {
    return InspectionTables.of(image);
  }

  /** {@return Table 1 of the paper, in its words: the configurations, one column per network} */
  public static Table table1() {
    return NetworkTables.configurations();
  }

  /**
   * Table 2 of the paper next to exact numbers, with what an image costs and the receptive fields
   * of the last layers.
   *
   * @return one row per network
   */
  public static Table table2() {
    return NetworkTables.parameters();
  }

  /** {@return Table 3 of the paper: its errors at one test scale} */
  public static Table table3() {
    return NetworkTables.errors(
        "The paper's errors at one test scale (Table 3)", PaperResults.table3());
  }

  /** {@return Table 4 of the paper: its errors over three test scales} */
  public static Table table4() {
    return NetworkTables.errors(
        "The paper's errors over three test scales (Table 4)", PaperResults.table4());
  }

  /**
   * A finished training.
   *
   * @param training the training
   * @return one row per epoch
   */
  public static Table of(Training training) {
    return ResultTables.training(training);
  }

  /**
   * Epochs of a training that may still be running.
   *
   * @param epochs the epochs so far
   * @return one row per epoch
   */
  public static Table epochs(List<Epoch> epochs) {
    return ResultTables.epochs("Epochs (section 3.1)", epochs);
  }

  /**
   * Answers of a classifier.
   *
   * @param answers one or more, by classifiers of one kind
   * @return a row per image: its five best classes, or all if there are fewer, with their scores
   */
  public static Table of(Classification... answers) {
    return AnswerTables.of(List.of(answers), 5);
  }

  /**
   * A classifier's answers for many files. {@code Tables.of(answers).write().csv("answers.csv")}
   * writes them to a file.
   *
   * @param answers the answers
   * @return a row per image, in their order: the classes that were kept, with their scores
   */
  public static Table of(ClassifiedImages answers) {
    return AnswerTables.of(answers);
  }

  /**
   * How many images each class is the best of.
   *
   * @param answers the answers
   * @return a row per class that any image has, the most frequent first
   */
  public static Table counts(ClassifiedImages answers) {
    return AnswerTables.counts(answers);
  }

  /**
   * What was tried to learn classes.
   *
   * @param learned the result
   * @return a row per layer and set of scales, with its error in the cross-validation
   */
  public static Table of(SvmLearning learned) {
    return AnswerTables.of(learned);
  }

  /**
   * The images most similar to another one.
   *
   * @param neighbors what was found
   * @return a row per image
   */
  public static Table nearest(List<Features.Neighbor> neighbors) {
    return AnswerTables.of(neighbors);
  }

  /**
   * Several tests.
   *
   * @param tests one or more
   * @return top-1 and top-5 error with their 95% intervals, one row per test
   */
  public static Table of(Evaluation... tests) {
    return of(List.of(tests));
  }

  /**
   * Several tests.
   *
   * @param tests any number
   * @return top-1 and top-5 error with their 95% intervals, one row per test
   */
  public static Table of(List<Evaluation> tests) {
    return ResultTables.evaluations(tests);
  }

  /**
   * The paper's rows, each followed by our tests that repeat it: the same network and views, and
   * the same training scale if the test knows it ({@link Evaluation#trainingScale}). A test that is
   * in several tables is listed in each of them; tests that repeat no row come last. Most
   * complaints about the accuracy of a VGG net come down to a difference in protocol, so both
   * protocols are spelled out.
   *
   * @param paper rows of Tables 3 to 7, such as {@link PaperResults#table3()}
   * @param ours tests
   * @return errors in percent, ours with their 95% intervals
   */
  public static Table beside(List<PaperResults.Row> paper, Evaluation... ours) {
    return ResultTables.beside(paper, List.of(ours));
  }

  /**
   * The paper's localization errors, and our tests after them. Which row a test repeats is for the
   * reader to judge: the data differ, and so do the numbers.
   *
   * @param paper rows of Tables 8 to 10, such as {@link PaperResults#table8()}
   * @param ours tests
   * @return errors in percent, ours with their 95% intervals
   */
  public static Table beside(List<PaperResults.Row> paper, Localization... ours) {
    return LocalizationTables.beside(paper, List.of(ours));
  }

  /**
   * The paper's mean class recalls, and ours over random splits after them. The data differ, and so
   * do the numbers.
   *
   * @param paper those rows of {@link PaperResults#table11()} that are for Caltech
   * @param ours tests over random splits
   * @return mean class recall in percent with its deviation over the splits
   */
  public static Table beside(List<PaperResults.FeatureResult> paper, SplitResults... ours) {
    return SplitTables.beside(paper, List.of(ours));
  }

  /**
   * The paper's mean average precisions, and ours after them: eleven-point precision for VOC 2007,
   * the area under the curve for VOC 2012 and its actions.
   *
   * @param paper those rows of {@link PaperResults#table11()} that are for VOC, or {@link
   *     PaperResults#table12()}
   * @param ours tests on images that show several classes
   * @return mean average precision in percent, and that of a random ranking
   */
  public static Table beside(List<PaperResults.FeatureResult> paper, MultiLabelEvaluation... ours) {
    return PrecisionTables.beside(paper, List.of(ours));
  }

  /**
   * Tests compared in pairs, image by image.
   *
   * @param comparisons such as {@code one.compareWith(other)}
   * @return the gain in points with its 95% interval and p-value, one row per comparison
   */
  public static Table of(Comparison... comparisons) {
    return ResultTables.comparisons(List.of(comparisons));
  }

  /**
   * Several localization tests (appendix A).
   *
   * @param tests one or more
   * @return the error with its 95% interval, how many images were wrong and why, one row per test
   */
  public static Table of(Localization... tests) {
    return LocalizationTables.of(List.of(tests));
  }

  /**
   * Which classes were mistaken for which.
   *
   * @param matrix the counts
   * @return one row per true class, one column per predicted class
   */
  public static Table of(ConfusionMatrix matrix) {
    return ResultTables.confusion(matrix);
  }

  /**
   * Tests by Caltech's measure next to the error (appendix B): where classes have different numbers
   * of images, a test can be good on most images and bad on most classes.
   *
   * @param tests any number
   * @return top-1 error with its 95% interval, and the mean over the classes of the share of their
   *     images that was recognized, in percent; one row per test
   */
  public static Table classRecalls(Evaluation... tests) {
    return ResultTables.classRecalls(List.of(tests));
  }

  /**
   * How well each class was recognized.
   *
   * @param test the test
   * @return recall with its 95% interval, and the most common mistake, one row per class
   */
  public static Table classes(Evaluation test) {
    return ResultTables.classes(test);
  }

  /**
   * Features, for use in other tools.
   *
   * @param features of any images
   * @return one row per image: its file, its class, and f1, f2, ...
   */
  public static Table of(Features features) {
    return FeatureTables.features(features);
  }

  /**
   * Tests over random splits (appendix B).
   *
   * @param tests the tests
   * @return mean class recall and error, one row per split
   */
  public static Table of(SplitResults tests) {
    return SplitTables.of(tests);
  }

  /**
   * How well images were ranked by each class (appendix B).
   *
   * @param test on images that show several classes
   * @return average precision in percent by both of VOC's rules, one row per class
   */
  public static Table of(MultiLabelEvaluation test) {
    return PrecisionTables.of(test);
  }

  /**
   * A table for a terminal: numbers right-aligned, text left-aligned, long text wrapped to fit into
   * 100 characters where possible.
   *
   * @param table any table
   * @return its name and all its rows, without a line break at the end
   */
  public static String text(Table table) {
    return TableText.of(table);
  }

  /**
   * A table for a notebook or a web page; its content is escaped.
   *
   * @param table any table
   * @return a table element with all rows
   */
  public static String html(Table table) {
    return TableHtml.of(table);
  }
}
