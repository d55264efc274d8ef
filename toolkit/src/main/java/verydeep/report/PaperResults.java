package verydeep.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import verydeep.VerydeepException;
import verydeep.data.TestViews;
import verydeep.data.TrainingScale;
import verydeep.network.Configuration;

/**
 * The paper's own numbers (arXiv 1409.1556, version 6), to print next to ours: {@link
 * Tables#beside}.
 */
public final class PaperResults {

  private PaperResults() {}

  /**
   * A row of one of the paper's tables of errors (Tables 3 to 10), in percent on ILSVRC; a number
   * that the table leaves out is not a number (NaN).
   *
   * @param table the table's number; the errors are of classification up to 7, of localization from
   *     8 on
   * @param network what was tested, {@code VGG D}, or another team's method
   * @param trained the scales at which the networks were trained; empty where the table does not
   *     say
   * @param views what the networks were shown, each once; empty where the table does not say
   * @param top1 top-1 error on the validation set
   * @param top5 top-5 error on the validation set; in Table 8 the error of one box, given the class
   * @param testTop5 top-5 error on the test set
   */
  public record Row(
      int table,
      String network,
      List<TrainingScale> trained,
      List<TestViews> views,
      double top1,
      double top5,
      double testTop5) {

    /**
     * Copies the lists.
     *
     * @param table the table's number
     * @param network what was tested
     * @param trained the scales at which the networks were trained
     * @param views what the networks were shown
     * @param top1 top-1 error on the validation set
     * @param top5 top-5 error on the validation set
     * @param testTop5 top-5 error on the test set
     */
    public Row {
      trained = List.copyOf(trained);
      views = List.copyOf(views);
    }

    /**
     * Views and training scales, in the words of our own tests.
     *
     * @return {@code dense, Q=256, flipped; S=256}; empty where the table does not say
     */
    public String protocol() {
      return joined("; ", shown(), scales());
    }

    /** Scales and flipped images, if all views share them, are named once. */
    private String shown() {
      if (views.stream().map(v -> List.of(v.scales(), v.flipped())).distinct().count() != 1) {
        return views.stream().map(TestViews::toString).collect(Collectors.joining(" & "));
      }
      String others =
          views.stream()
              .limit(views.size() - 1L)
              .map(v -> v.view() + " & ")
              .collect(Collectors.joining());
      return others + views.get(views.size() - 1);
    }

    private String scales() {
      return trained.stream().map(TrainingScale::toString).collect(Collectors.joining(" & "));
    }

    private static String joined(String between, String... texts) {
      return List.of(texts).stream()
          .filter(text -> !text.isEmpty())
          .collect(Collectors.joining(between));
    }

    /** One line. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "Table %d: %s: %s / %s%s",
          table,
          joined(", ", network, scales(), shown()),
          percent(top1),
          percent(top5),
          Double.isNaN(testTop5) ? "" : ", test " + percent(testTop5));
    }

    private static String percent(double value) {
      return Double.isNaN(value) ? "-" : value + "%";
    }
  }

  /**
   * A number of Table 11 or 12, features on other data sets (appendix B), in percent: mean average
   * precision on VOC, mean class recall on Caltech.
   *
   * @param table 11 or 12
   * @param method the network or the authors
   * @param data the data set
   * @param value the number
   * @param deviation over three random splits; not a number (NaN) where there is one split
   */
  public record FeatureResult(
      int table, String method, String data, double value, double deviation) {}

  /**
   * Table 2: a network's parameters, rounded.
   *
   * @param network the configuration; A and A-LRN share a column of the table
   * @return millions of parameters
   * @throws VerydeepException for the shallow net of section 4.1, which is not in the table
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

  /** {@return Table 3: dense testing at one scale} */
  public static List<Row> table3() {
    return PaperTables.SINGLE_SCALE;
  }

  /** {@return Table 4: dense testing, the posteriors of three scales averaged} */
  public static List<Row> table4() {
    return PaperTables.MULTI_SCALE;
  }

  /** {@return Table 5: dense testing, multi-crop testing, and both} */
  public static List<Row> table5() {
    return PaperTables.DENSE_AND_CROPS;
  }

  /**
   * Table 6: the mean of several networks' posteriors. The seven networks of the submission are D
   * at S=256, 384 and jittered (with only its fully connected layers fine-tuned), C and E at 256
   * and 384.
   *
   * @return the table's rows
   */
  public static List<Row> table6() {
    return PaperTables.FUSION;
  }

  /**
   * Table 7: comparison with other teams. For GoogLeNet the paper gives one number for validation
   * and test set.
   *
   * @return the table's rows
   */
  public static List<Row> table7() {
    return PaperTables.STATE_OF_THE_ART;
  }

  /** {@return Table 8: bounding box regression, the box of the true class from a center crop} */
  public static List<Row> table8() {
    return PaperTables.BOX_REGRESSION;
  }

  /** {@return Table 9: localization by dense testing with merged boxes} */
  public static List<Row> table9() {
    return PaperTables.DENSE_LOCALIZATION;
  }

  /** {@return Table 10: localization by other teams, on the test set} */
  public static List<Row> table10() {
    return PaperTables.LOCALIZATION;
  }

  /** {@return Table 11: features on VOC-2007, VOC-2012, Caltech-101 and Caltech-256} */
  public static List<FeatureResult> table11() {
    return PaperFeatures.TABLE_11;
  }

  /** {@return Table 12: features on VOC-2012's actions} */
  public static List<FeatureResult> table12() {
    return PaperFeatures.TABLE_12;
  }
}
