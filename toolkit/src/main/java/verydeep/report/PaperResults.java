package verydeep.report;

import static verydeep.data.TrainingScale.fixed;
import static verydeep.data.TrainingScale.jittered;
import static verydeep.network.Configuration.A;
import static verydeep.network.Configuration.A_LRN;
import static verydeep.network.Configuration.B;
import static verydeep.network.Configuration.C;
import static verydeep.network.Configuration.D;
import static verydeep.network.Configuration.E;

import java.util.List;
import verydeep.VerydeepException;
import verydeep.data.TrainingScale;
import verydeep.network.Configuration;

/** The paper's own numbers (arXiv 1409.1556, version 6), to set beside ours. */
public final class PaperResults {

  private static final TrainingScale JITTERED = jittered(256, 512);

  private PaperResults() {}

  /**
   * Errors of one network on the ILSVRC-2012 validation set.
   *
   * @param network the configuration
   * @param training S, at which it was trained
   * @param scales Q, at which it was tested, in pixels
   * @param top1 top-1 error in percent
   * @param top5 top-5 error in percent
   */
  public record ScaleError(
      Configuration network,
      TrainingScale training,
      List<Integer> scales,
      double top1,
      double top5) {

    /**
     * Copies the scales.
     *
     * @param network the configuration
     * @param training S, at which it was trained
     * @param scales Q, at which it was tested, in pixels
     * @param top1 top-1 error in percent
     * @param top5 top-5 error in percent
     */
    public ScaleError {
      scales = List.copyOf(scales);
    }

    /** One line. */
    @Override
    public String toString() {
      return network.label() + ", " + training + ", Q=" + scales + ": " + top1 + " / " + top5 + "%";
    }
  }

  /**
   * Table 2: a network's parameters, rounded.
   *
   * @param network the configuration; A and A-LRN share a column of the table
   * @return millions of parameters
   * @throws VerydeepException for the shallow net of section 4.1, which the table lacks
   */
  public static int millionsOfParameters(Configuration network) {
    return switch (network) {
      case A, A_LRN, B -> 133;
      case C -> 134;
      case D -> 138;
      case E -> 144;
      case B_5X5 -> throw new VerydeepException(network.label() + " is not in Table 2.");
    };
  }

  /**
   * Table 3: dense testing at one scale.
   *
   * @return a record a row
   */
  public static List<ScaleError> singleScale() {
    return List.of(
        new ScaleError(A, fixed(256), List.of(256), 29.6, 10.4),
        new ScaleError(A_LRN, fixed(256), List.of(256), 29.7, 10.5),
        new ScaleError(B, fixed(256), List.of(256), 28.7, 9.9),
        new ScaleError(C, fixed(256), List.of(256), 28.1, 9.4),
        new ScaleError(C, fixed(384), List.of(384), 28.1, 9.3),
        new ScaleError(C, JITTERED, List.of(384), 27.3, 8.8),
        new ScaleError(D, fixed(256), List.of(256), 27.0, 8.8),
        new ScaleError(D, fixed(384), List.of(384), 26.8, 8.7),
        new ScaleError(D, JITTERED, List.of(384), 25.6, 8.1),
        new ScaleError(E, fixed(256), List.of(256), 27.3, 9.0),
        new ScaleError(E, fixed(384), List.of(384), 26.9, 8.7),
        new ScaleError(E, JITTERED, List.of(384), 25.5, 8.0));
  }

  /**
   * Table 4: dense testing, the posteriors of three scales averaged.
   *
   * @return a record a row
   */
  public static List<ScaleError> multiScale() {
    List<Integer> around256 = List.of(224, 256, 288);
    List<Integer> around384 = List.of(352, 384, 416);
    List<Integer> wide = List.of(256, 384, 512);
    return List.of(
        new ScaleError(B, fixed(256), around256, 28.2, 9.6),
        new ScaleError(C, fixed(256), around256, 27.7, 9.2),
        new ScaleError(C, fixed(384), around384, 27.8, 9.2),
        new ScaleError(C, JITTERED, wide, 26.3, 8.2),
        new ScaleError(D, fixed(256), around256, 26.6, 8.6),
        new ScaleError(D, fixed(384), around384, 26.5, 8.6),
        new ScaleError(D, JITTERED, wide, 24.8, 7.5),
        new ScaleError(E, fixed(256), around256, 26.9, 8.7),
        new ScaleError(E, fixed(384), around384, 26.7, 8.6),
        new ScaleError(E, JITTERED, wide, 24.8, 7.5));
  }

  /**
   * Table 3 with its protocols in words.
   *
   * @return a record a row
   */
  public static List<PaperRow> table3() {
    return PaperTables.scales(3, singleScale());
  }

  /**
   * Table 4 with its protocols in words.
   *
   * @return a record a row
   */
  public static List<PaperRow> table4() {
    return PaperTables.scales(4, multiScale());
  }

  /**
   * Table 5: dense testing, multi-crop testing, and both.
   *
   * @return a record a row
   */
  public static List<PaperRow> table5() {
    return PaperTables.views();
  }

  /**
   * Table 6: the mean of several networks' posteriors. The seven nets of the submission are D at
   * S=256, 384 and jittered (its fully connected layers alone), C and E at 256 and 384.
   *
   * @return a record a row
   */
  public static List<PaperRow> table6() {
    return PaperTables.fusion();
  }

  /**
   * Table 7: others. For GoogLeNet the paper gives one number for validation and test set.
   *
   * @return a record a row
   */
  public static List<PaperRow> table7() {
    return PaperTables.others();
  }

  /**
   * A row of the tables of localization errors, in percent on ILSVRC.
   *
   * @param table 8, 9 or 10
   * @param method what was tested
   * @param protocol how
   * @param validation the error on the validation set; not a number if the table lacks it
   * @param test the error on the test set; not a number if the table lacks it
   */
  public record LocalizationRow(
      int table, String method, String protocol, double validation, double test) {}

  /**
   * Table 8: bounding box regression, the box of the true class from a center crop, S=384.
   *
   * @return a record a row
   */
  public static List<LocalizationRow> table8() {
    String how = "center crop, true class";
    return List.of(
        new LocalizationRow(8, "SCR, fc layers fine-tuned", how, 36.4, Double.NaN),
        new LocalizationRow(8, "PCR, fc layers fine-tuned", how, 34.3, Double.NaN),
        new LocalizationRow(8, "PCR, all layers fine-tuned", how, 33.1, Double.NaN));
  }

  /**
   * Table 9: dense testing with merged boxes, top-5.
   *
   * @return a record a row
   */
  public static List<LocalizationRow> table9() {
    return List.of(
        new LocalizationRow(9, "S=256", "dense, Q=256", 29.5, Double.NaN),
        new LocalizationRow(9, "S=384", "dense, Q=384", 28.2, 26.7),
        new LocalizationRow(9, "S=384", "dense, Q=352,384", 27.5, Double.NaN),
        new LocalizationRow(9, "fusion: 256/256 and 384/352,384", "dense", 26.9, 25.3));
  }

  /**
   * Table 10: others, on the test set.
   *
   * @return a record a row
   */
  public static List<LocalizationRow> table10() {
    return List.of(
        new LocalizationRow(10, "VGG", "", Double.NaN, 25.3),
        new LocalizationRow(10, "GoogLeNet", "", Double.NaN, 26.7),
        new LocalizationRow(10, "OverFeat", "", Double.NaN, 29.9),
        new LocalizationRow(10, "Krizhevsky et al.", "", Double.NaN, 34.2));
  }

  /**
   * A number of the tables of features for other data sets (appendix B), in percent: mean average
   * precision on VOC, mean class recall on Caltech.
   *
   * @param table 11 or 12
   * @param method the network or the authors
   * @param data the data set
   * @param value the number
   * @param deviation over three random splits; not a number where there is one split
   */
  public record FeatureResult(
      int table, String method, String data, double value, double deviation) {}

  /**
   * Tables 11 and 12.
   *
   * @return a record a number
   */
  public static List<FeatureResult> features() {
    return PaperFeatures.all();
  }
}
