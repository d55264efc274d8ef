package verydeep.report;

import java.util.ArrayList;
import java.util.List;
import verydeep.report.PaperResults.FeatureResult;

/** Tables 11 and 12 of the paper; {@link PaperResults} gives them out. */
final class PaperFeatures {

  private static final double NONE = Double.NaN;
  private static final List<String> DATA =
      List.of("VOC-2007", "VOC-2012", "Caltech-101", "Caltech-256");

  private PaperFeatures() {}

  static List<FeatureResult> all() {
    List<FeatureResult> all = new ArrayList<>();
    row(all, "Zeiler & Fergus", NONE, 79.0, 86.5, 0.5, 74.2, 0.3);
    row(all, "Chatfield et al.", 82.4, 83.2, 88.4, 0.6, 77.6, 0.1);
    row(all, "He et al.", 82.4, NONE, 93.4, 0.5, NONE, NONE);
    row(all, "Wei et al.", 81.5, 81.7, NONE, NONE, NONE, NONE);
    row(all, "VGG D", 89.3, 89.0, 91.8, 1.0, 85.0, 0.2);
    row(all, "VGG E", 89.3, 89.0, 92.3, 0.5, 85.1, 0.3);
    row(all, "VGG D & VGG E", 89.7, 89.3, 92.7, 0.5, 86.2, 0.3);
    String actions = "VOC-2012 actions";
    all.add(new FeatureResult(12, "Oquab et al.", actions, 70.2, NONE));
    all.add(new FeatureResult(12, "Gkioxari et al.", actions, 73.6, NONE));
    all.add(new FeatureResult(12, "Hoai", actions, 76.3, NONE));
    all.add(new FeatureResult(12, "VGG D & VGG E, image only", actions, 79.2, NONE));
    all.add(new FeatureResult(12, "VGG D & VGG E, image and box", actions, 84.0, NONE));
    return List.copyOf(all);
  }

  /** VOC-2007, VOC-2012, Caltech-101 and its deviation, Caltech-256 and its deviation. */
  private static void row(List<FeatureResult> all, String method, double... values) {
    double[] numbers = {values[0], values[1], values[2], values[4]};
    double[] deviations = {NONE, NONE, values[3], values[5]};
    for (int i = 0; i < numbers.length; i++) {
      if (!Double.isNaN(numbers[i])) {
        all.add(new FeatureResult(11, method, DATA.get(i), numbers[i], deviations[i]));
      }
    }
  }
}
