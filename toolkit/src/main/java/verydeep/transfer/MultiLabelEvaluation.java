package verydeep.transfer;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How well a classifier ranks images by each class: PASCAL VOC's measure (appendix B). Images in
 * which a class is difficult to see count neither for nor against it.
 *
 * @param network layer and network whose features were used
 * @param protocol how the images were viewed
 * @param examples how many images or people were ranked
 * @param classes the result of each class
 * @param elevenPointsInterval 95% interval of {@link #elevenPoints()} for other test images of the
 *     same kind: images are drawn again, each with its people, 1000 times (percentile bootstrap)
 * @param areaInterval the same for {@link #areaUnderCurve()}
 * @param cost the cost C of the classifier
 */
public record MultiLabelEvaluation(
    String network,
    String protocol,
    int examples,
    List<ClassPrecision> classes,
    Interval elevenPointsInterval,
    Interval areaInterval,
    double cost) {

  /**
   * Copies.
   *
   * @param network layer and network whose features were used
   * @param protocol how the images were viewed
   * @param examples how many images or people were ranked
   * @param classes the result of each class
   * @param elevenPointsInterval 95% interval of {@link #elevenPoints()} for other test images of
   *     the same kind: images are drawn again, each with its people, 1000 times (percentile
   *     bootstrap)
   * @param areaInterval the same for {@link #areaUnderCurve()}
   * @param cost the cost C of the classifier
   */
  public MultiLabelEvaluation {
    classes = List.copyOf(classes);
  }

  /**
   * A class.
   *
   * @param name the class
   * @param shown how many examples show it
   * @param difficult how many were left out
   * @param elevenPoints VOC's average precision up to 2009, from 0 to 1; not a number if no example
   *     shows the class
   * @param areaUnderCurve VOC's average precision from 2010 on
   */
  public record ClassPrecision(
      String name, int shown, int difficult, double elevenPoints, double areaUnderCurve) {}

  /**
   * A 95% interval.
   *
   * @param low from 0 to 1
   * @param high from 0 to 1
   */
  public record Interval(double low, double high) {

    /** Percent, such as {@code 80.1 to 84.5}. */
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.1f to %.1f", 100 * low, 100 * high);
    }
  }

  /**
   * Mean average precision by VOC's rule up to 2009: the paper's measure on VOC 2007.
   *
   * @return from 0 to 1, the mean over the classes that are shown
   */
  public double elevenPoints() {
    return mean(ClassPrecision::elevenPoints);
  }

  /**
   * Mean average precision by VOC's rule from 2010 on: the paper's measure on VOC 2012.
   *
   * @return from 0 to 1, the mean over the classes that are shown
   */
  public double areaUnderCurve() {
    return mean(ClassPrecision::areaUnderCurve);
  }

  /**
   * What a random ranking achieves: for each class, the share of the examples that show it.
   *
   * @return from 0 to 1, the mean over the classes that are shown
   */
  public double chance() {
    return mean(c -> c.shown() == 0 ? Double.NaN : c.shown() / (double) (examples - c.difficult()));
  }

  private double mean(ToDoubleFunction<ClassPrecision> measure) {
    return classes.stream()
        .mapToDouble(measure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  /** Both means, the classes that no example shows, and what was tested. */
  @Override
  public String toString() {
    long missing = classes.stream().filter(c -> c.shown() == 0).count();
    return String.format(
        Locale.ROOT,
        "mAP %.1f%% (%s; 11 points), %.1f%% (%s; area), by chance %.1f%%, %d examples, %d"
            + " classes%s: %s, %s",
        100 * elevenPoints(),
        elevenPointsInterval,
        100 * areaUnderCurve(),
        areaInterval,
        100 * chance(),
        examples,
        classes.size(),
        missing == 0 ? "" : " (" + missing + " not shown)",
        network,
        protocol);
  }
}
