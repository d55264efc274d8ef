package verydeep.report;

import java.util.List;
import tech.tablesaw.api.Table;
import verydeep.evaluation.Comparison;
import verydeep.evaluation.ConfusionMatrix;
import verydeep.evaluation.Evaluation;
import verydeep.gpu.GpuReport;
import verydeep.localization.Localization;
import verydeep.network.NetworkSummary;
import verydeep.network.Vgg;
import verydeep.training.Epoch;
import verydeep.training.Training;
import verydeep.transfer.Features;
import verydeep.transfer.MultiLabelEvaluation;
import verydeep.transfer.SplitResults;

/**
 * Results as Tablesaw tables: sort, filter and join them, or print them.
 *
 * <pre>{@code
 * System.out.println(Tables.text(Tables.parameters()));
 * }</pre>
 */
public final class Tables {

  private Tables() {}

  /**
   * A network at its training size: a row a layer with a size or weights, and their sum.
   *
   * @param network the network
   * @return kernel, output shape, receptive field in pixels, parameters and MACs of each layer
   */
  public static Table of(Vgg network) {
    return of(network.summary());
  }

  /**
   * A network for images of some size: a row a layer with a size or weights, and their sum.
   *
   * @param summary the network's summary at that size
   * @return kernel, output shape, receptive field in pixels, parameters and MACs of each layer
   */
  public static Table of(NetworkSummary summary) {
    return NetworkTables.layers(summary);
  }

  /**
   * Table 1 of the paper, in its words: the configurations.
   *
   * @return a column a network, a row a layer
   */
  public static Table configurations() {
    return NetworkTables.configurations();
  }

  /**
   * Table 2 of the paper beside exact numbers, with what an image costs and how far the last layers
   * see.
   *
   * @return a row a network
   */
  public static Table parameters() {
    return NetworkTables.parameters();
  }

  /**
   * Table 3 of the paper: its errors at one test scale.
   *
   * @return a row a network and training scale
   */
  public static Table singleScale() {
    return NetworkTables.errors(
        "The paper's errors at one test scale (Table 3)", PaperResults.singleScale());
  }

  /**
   * Table 4 of the paper: its errors over three test scales.
   *
   * @return a row a network and training scale
   */
  public static Table multiScale() {
    return NetworkTables.errors(
        "The paper's errors over three test scales (Table 4)", PaperResults.multiScale());
  }

  /**
   * A training.
   *
   * @param training the finished training
   * @return a row an epoch
   */
  public static Table of(Training training) {
    return ResultTables.training(training);
  }

  /**
   * Epochs of a training that may still go on.
   *
   * @param epochs the epochs so far
   * @return a row an epoch
   */
  public static Table epochs(List<Epoch> epochs) {
    return ResultTables.epochs("Epochs (section 3.1)", epochs);
  }

  /**
   * Tests beside each other.
   *
   * @param tests one or more
   * @return top-1 and top-5 error with their 95% intervals, a row a test
   */
  public static Table of(Evaluation... tests) {
    return of(List.of(tests));
  }

  /**
   * Tests beside each other.
   *
   * @param tests any number
   * @return top-1 and top-5 error with their 95% intervals, a row a test
   */
  public static Table of(List<Evaluation> tests) {
    return ResultTables.evaluations(tests);
  }

  /**
   * The paper's rows with our tests behind those that they repeat: the same network and protocol,
   * and the same scale in training if the test knows it ({@link Evaluation#trainingScale}). A test
   * that several tables have stands in each of them; tests that repeat none come last. Most
   * complaints about the accuracy of a VGG net are a difference in protocol, so both protocols
   * stand there in words.
   *
   * @param paper rows of Tables 3 to 7, such as {@link PaperResults#table3()}
   * @param ours tests
   * @return errors in percent, ours with their 95% intervals
   */
  public static Table beside(List<PaperRow> paper, List<Evaluation> ours) {
    return BesideTable.of(paper, ours);
  }

  /**
   * The paper's rows with our tests behind those that they repeat.
   *
   * @param paper rows of Tables 3 to 7
   * @param ours tests
   * @return errors in percent, ours with their 95% intervals
   */
  public static Table beside(List<PaperRow> paper, Evaluation... ours) {
    return beside(paper, List.of(ours));
  }

  /**
   * Tests compared in pairs, image by image.
   *
   * @param comparisons such as {@code one.compareWith(other)}
   * @return the gain in points with its 95% interval and p-value, a row a comparison
   */
  public static Table of(Comparison... comparisons) {
    return ResultTables.comparisons(List.of(comparisons));
  }

  /**
   * Tests of localization beside each other (appendix A).
   *
   * @param tests one or more
   * @return the error with its 95% interval, how many images were wrong and why, a row a test
   */
  public static Table of(Localization... tests) {
    return LocalizationTables.of(List.of(tests));
  }

  /**
   * The paper's rows of localization errors, and our tests below them. Which row a test repeats is
   * for its reader to say: the data differ, so the numbers do.
   *
   * @param paper rows of Tables 8 to 10, such as {@link PaperResults#table8()}
   * @param ours tests
   * @return errors in percent, ours with their 95% intervals
   */
  public static Table beside(List<PaperResults.LocalizationRow> paper, Localization... ours) {
    return LocalizationTables.beside(paper, List.of(ours));
  }

  /**
   * Which classes were taken for which.
   *
   * @param matrix the counts
   * @return a row a true class, a column a predicted one
   */
  public static Table of(ConfusionMatrix matrix) {
    return ResultTables.confusion(matrix);
  }

  /**
   * Tests by Caltech's measure beside the error (appendix B): where classes have different numbers
   * of images, a test can be good on most images and bad on most classes.
   *
   * @param tests any number, of a plain folder or any other images
   * @return top-1 error with its 95% interval, and the mean over the classes of the share of their
   *     images that was recognized, in percent; a row a test
   */
  public static Table classRecalls(Evaluation... tests) {
    return ResultTables.classRecalls(List.of(tests));
  }

  /**
   * How well each class was recognized.
   *
   * @param test the test
   * @return recall with its 95% interval, and the most common mistake, a row a class
   */
  public static Table classes(Evaluation test) {
    return ResultTables.classes(test);
  }

  /**
   * Features, to go on with in other tools.
   *
   * @param features of any images
   * @return a row an image: its file, its class, and f1, f2, ...
   */
  public static Table of(Features features) {
    return FeatureTables.features(features);
  }

  /**
   * Tests over random splits (appendix B).
   *
   * @param tests the tests
   * @return mean class recall and error, a row a split
   */
  public static Table of(SplitResults tests) {
    return SplitTables.of(tests);
  }

  /**
   * The paper's mean class recalls, and ours over random splits below them. The data differ, so the
   * numbers do.
   *
   * @param paper those of {@link PaperResults#features()} that are for Caltech; its others are mean
   *     average precisions
   * @param ours tests over random splits
   * @return mean class recall in percent with its deviation over the splits
   */
  public static Table beside(List<PaperResults.FeatureResult> paper, SplitResults... ours) {
    return SplitTables.beside(paper, List.of(ours));
  }

  /**
   * How well images were ranked by each class (appendix B).
   *
   * @param test of images that show several classes
   * @return average precision in percent by both of VOC's rules, a row a class
   */
  public static Table of(MultiLabelEvaluation test) {
    return PrecisionTables.of(test);
  }

  /**
   * The paper's mean average precisions, and ours below them: of VOC 2007 by eleven points, of VOC
   * 2012 and its actions by the area under the curve.
   *
   * @param paper those of {@link PaperResults#features()} that are for VOC; its others are mean
   *     class recalls
   * @param ours tests of images that show several classes
   * @return mean average precision in percent, and that of a ranking by chance
   */
  public static Table beside(List<PaperResults.FeatureResult> paper, MultiLabelEvaluation... ours) {
    return PrecisionTables.beside(paper, List.of(ours));
  }

  /**
   * What a check of cards held against the CPU.
   *
   * @param report of the check
   * @return a row each
   */
  public static Table agreements(GpuReport report) {
    return GpuTables.agreements(report);
  }

  /**
   * How fast each kind of work went in a check of cards.
   *
   * @param report of the check
   * @return images a second, a row each
   */
  public static Table speeds(GpuReport report) {
    return GpuTables.speeds(report);
  }

  /**
   * A table for a terminal: numbers right, texts left, long texts wrapped to fit into 100
   * characters where they can.
   *
   * @param table any table
   * @return its name and all its rows, without a line's end at the end
   */
  public static String text(Table table) {
    return TableText.of(table);
  }

  /**
   * A table for a notebook or a web page; what stands in it is escaped.
   *
   * @param table any table
   * @return a table element with all rows
   */
  public static String html(Table table) {
    return TableHtml.of(table);
  }
}
