package verydeep.report;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import verydeep.report.PaperResults.FeatureResult;

/** Tables 11 and 12 of the paper; {@link PaperResults} offers them. */
final class PaperFeatures {

  private static final double NONE = Double.NaN;
  private static final String ACTIONS = "VOC-2012 actions";
  private static final List<String> DATA =
      List.of("VOC-2007", "VOC-2012", "Caltech-101", "Caltech-256");

  static final List<FeatureResult> TABLE_11 =
      Stream.of(
              row("Zeiler & Fergus", NONE, 79.0, 86.5, 0.5, 74.2, 0.3),
              row("Chatfield et al.", 82.4, 83.2, 88.4, 0.6, 77.6, 0.1),
              row("He et al.", 82.4, NONE, 93.4, 0.5, NONE, NONE),
              row("Wei et al.", 81.5, 81.7, NONE, NONE, NONE, NONE),
              row("VGG D", 89.3, 89.0, 91.8, 1.0, 85.0, 0.2),
              row("VGG E", 89.3, 89.0, 92.3, 0.5, 85.1, 0.3),
              row("VGG D & VGG E", 89.7, 89.3, 92.7, 0.5, 86.2, 0.3))
          .flatMap(List::stream)
          .toList();

  static final List<FeatureResult> TABLE_12 =
      List.of(
          new FeatureResult(12, "Oquab et al.", ACTIONS, 70.2, NONE),
          new FeatureResult(12, "Gkioxari et al.", ACTIONS, 73.6, NONE),
          new FeatureResult(12, "Hoai", ACTIONS, 76.3, NONE),
          new FeatureResult(12, "VGG D & VGG E, image only", ACTIONS, 79.2, NONE),
          new FeatureResult(12, "VGG D & VGG E, image and box", ACTIONS, 84.0, NONE));

  private PaperFeatures() {}

  /** VOC-2007, VOC-2012, Caltech-101 and its deviation, Caltech-256 and its deviation. */
  private static List<FeatureResult> row(String method, double... values) {
    double[] numbers = {values[0], values[1], values[2], values[4]};
    double[] deviations = {NONE, NONE, values[3], values[5]};
    return IntStream.range(0, numbers.length)
        .filter(i -> !Double.isNaN(numbers[i]))
        .mapToObj(i -> new FeatureResult(11, method, DATA.get(i), numbers[i], deviations[i]))
        .toList();
  }
}
