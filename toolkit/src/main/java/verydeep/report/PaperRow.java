package verydeep.report;

import java.util.Locale;

/**
 * A row of one of the paper's tables of classification errors (Tables 3 to 7), in percent on
 * ILSVRC-2012; a number that the table leaves out is not a number.
 *
 * @param table the table's number
 * @param network what was tested, {@code VGG D}, or another team's method
 * @param trained how it was trained, {@code S=256}; empty where the table does not say
 * @param protocol how it was tested, in this toolkit's words, {@code dense, Q=256, flipped}; empty
 *     where the table does not say
 * @param top1 top-1 error on the validation set
 * @param top5 top-5 error on the validation set
 * @param testTop5 top-5 error on the test set
 */
public record PaperRow(
    int table,
    String network,
    String trained,
    String protocol,
    double top1,
    double top5,
    double testTop5) {

  /** One line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Table %d: %s%s%s: %s / %s%s",
        table,
        network,
        trained.isEmpty() ? "" : ", " + trained,
        protocol.isEmpty() ? "" : ", " + protocol,
        percent(top1),
        percent(top5),
        Double.isNaN(testTop5) ? "" : ", test " + percent(testTop5));
  }

  private static String percent(double value) {
    return Double.isNaN(value) ? "-" : value + "%";
  }
}
