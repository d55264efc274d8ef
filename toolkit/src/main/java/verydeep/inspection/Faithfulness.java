package verydeep.inspection;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.classification.Classification;
import verydeep.classification.Classifier;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;

/**
 * How faithful a map is to its classifier: how fast the class's score falls when the pixels with
 * the highest values turn gray, the highest first, and how fast it rises when they appear in a
 * blurred image (V. Petsiuk et al., <i>RISE: Randomized Input Sampling for Explanation of Black-box
 * Models</i>, 2018, section 4.1). A faithful map has a small area below the curve of deletion and a
 * large one below that of insertion.
 *
 * <pre>{@code
 * try (var classifier = checkpoint.classifier().open()) {
 *   var cam = GradCam.of(checkpoint).run(image);
 *   var faithfulness = Faithfulness.of(classifier, cam, cam.classes().get(0));
 *   System.out.println(faithfulness.deletionArea() + " " + faithfulness.insertionArea());
 * }
 * }</pre>
 */
public final class Faithfulness {

  private static final int USUAL = 20;
  private static final Rgb GRAY = new Rgb(128, 128, 128);

  private final String className;
  private final String method;
  private final String classifier;
  private final Classification.Kind kind;
  private final double[] deletion;
  private final double[] insertion;

  private Faithfulness(
      String className,
      String method,
      Classifier classifier,
      double[] deletion,
      double[] insertion) {
    this.className = className;
    this.method = method;
    this.classifier = classifier.name();
    this.kind = classifier.kind();
    this.deletion = deletion;
    this.insertion = insertion;
  }

  /**
   * Measures a map in 20 steps.
   *
   * @param classifier an open classifier, which is not closed here
   * @param attribution the map's
   * @param className the map's class, which the classifier knows
   * @return the curves
   * @throws VerydeepException if the attribution or the classifier does not have the class
   */
  public static Faithfulness of(Classifier classifier, Attribution attribution, String className) {
    return of(classifier, attribution, className, USUAL);
  }

  /**
   * Measures a map.
   *
   * @param classifier an open classifier, which is not closed here
   * @param attribution the map's
   * @param className the map's class, which the classifier knows
   * @param steps in how many steps the pixels change, 1 or more
   * @return the curves
   * @throws VerydeepException if the attribution or the classifier does not have the class, or
   *     there is no step
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static Faithfulness of(
      Classifier classifier, Attribution attribution, String className, int steps) {
    if (steps < 1) {
      throw new VerydeepException(
          "The pixels are to change in " + steps + " steps; there must be 1 or more.");
    }
    Objects.requireNonNull(classifier, "classifier");
    AttributionMap map = attribution.map(className);
    RgbImage image = attribution.image();
    int[] order = order(map, image);
    RgbImage gray = Painted.plain(image.width(), image.height(), GRAY);
    RgbImage blurred = Painted.blurred(image);
    List<Float> answers =
        ManyAnswers.of(
            classifier,
            2 * (steps + 1),
            i ->
                i <= steps
                    ? mixed(gray, image, order, i, steps)
                    : mixed(image, blurred, order, i - steps - 1, steps),
            answer -> answer.score(map.className()));
    double[] scores = answers.stream().mapToDouble(Float::doubleValue).toArray();
    return new Faithfulness(
        map.className(),
        attribution.method(),
        classifier,
        Arrays.copyOfRange(scores, 0, steps + 1),
        Arrays.copyOfRange(scores, steps + 1, scores.length));
  }

  /** The pixels by their values, the highest first; of equal ones the first. */
  private static int[] order(AttributionMap map, RgbImage image) {
    double[] values = new double[image.width() * image.height()];
    for (int i = 0; i < values.length; i++) {
      int row = i / image.width();
      values[i] = map.at(i % image.width() + 0.5, row + 0.5);
    }
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -values[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The first of the pixels from one image, all others from another. */
  private static RgbImage mixed(RgbImage first, RgbImage others, int[] order, int step, int steps) {
    int width = others.width();
    byte[] rgb = new byte[3 * order.length];
    long from = (long) order.length * step / steps;
    for (int i = 0; i < order.length; i++) {
      RgbImage source = i < from ? first : others;
      int x = order[i] % width;
      int y = order[i] / width;
      rgb[3 * order[i]] = (byte) source.red(x, y);
      rgb[3 * order[i] + 1] = (byte) source.green(x, y);
      rgb[3 * order[i] + 2] = (byte) source.blue(x, y);
    }
    return RgbImage.of(width, others.height(), rgb);
  }

  /** {@return the class} */
  public String className() {
    return className;
  }

  /** {@return how the map was made} */
  public String method() {
    return method;
  }

  /** {@return what was asked} */
  public String classifier() {
    return classifier;
  }

  /** {@return what the scores are} */
  public Classification.Kind kind() {
    return kind;
  }

  /**
   * {@return the shares of the pixels that have changed at each point of the curves, from 0 to 1}
   */
  public double[] fractions() {
    return IntStream.range(0, deletion.length)
        .mapToDouble(i -> i / (deletion.length - 1.0))
        .toArray();
  }

  /** {@return the class's score as the pixels turn gray, the highest values first} */
  public double[] deletion() {
    return deletion.clone();
  }

  /** {@return the class's score as the pixels appear in the blurred image} */
  public double[] insertion() {
    return insertion.clone();
  }

  /** {@return the area below the curve of deletion: the mean score; lower is more faithful} */
  public double deletionArea() {
    return area(deletion);
  }

  /** {@return the area below the curve of insertion: the mean score; higher is more faithful} */
  public double insertionArea() {
    return area(insertion);
  }

  /** By trapezoids. */
  private static double area(double[] scores) {
    double sum = 0;
    for (int i = 0; i + 1 < scores.length; i++) {
      sum += (scores[i] + scores[i + 1]) / 2;
    }
    return sum / (scores.length - 1);
  }

  /** Returns the class, the areas and the method. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: deletion %s, insertion %s\n%s",
        className,
        kind.format(deletionArea()),
        kind.format(insertionArea()),
        method);
  }
}
