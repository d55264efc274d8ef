package verydeep.inspection;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import verydeep.VerydeepException;
import verydeep.classification.Classification;
import verydeep.classification.Classifier;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;

/**
 * Occlusion: how much a class's score drops when a square hides part of the image (M. Zeiler, R.
 * Fergus, <i>Visualizing and Understanding Convolutional Networks</i>, 2014, section 4.2). A
 * pixel's value is the mean drop over the squares that hide it. It asks any classifier, and needs
 * no gradients.
 *
 * <pre>{@code
 * try (var classifier = checkpoint.classifier().open()) {
 *   System.out.println(Occlusion.of(classifier).patch(16).stride(8).run(image));
 * }
 * }</pre>
 */
public final class Occlusion {

  /** As Zeiler and Fergus's. */
  private static final Rgb GRAY = new Rgb(128, 128, 128);

  private final Classifier classifier;
  private final int patch;
  private final int stride;
  private final Rgb color;

  private Occlusion(Classifier classifier, int patch, int stride, Rgb color) {
    this.classifier = classifier;
    this.patch = patch;
    this.stride = stride;
    this.color = color;
  }

  /**
   * Starts with gray squares of a fifth of the image's smaller side, at distances of half of
   * theirs.
   *
   * @param classifier an open classifier, which is not closed here; one opened for any number of
   *     images uses the fastest arithmetic
   * @return the settings
   */
  public static Occlusion of(Classifier classifier) {
    return new Occlusion(Objects.requireNonNull(classifier, "classifier"), 0, 0, GRAY);
  }

  /**
   * The side of the square.
   *
   * @param side in pixels of the image, 1 or more; by default a fifth of the image's smaller side
   * @return changed settings
   * @throws VerydeepException if it is below 1
   */
  public Occlusion patch(int side) {
    return new Occlusion(classifier, positive("side", side), stride, color);
  }

  /**
   * The distance between neighboring squares.
   *
   * @param distance in pixels of the image, 1 or more; by default half of the square's side. At
   *     half of it the classifier is asked four times as often
   * @return changed settings
   * @throws VerydeepException if it is below 1
   */
  public Occlusion stride(int distance) {
    return new Occlusion(classifier, patch, positive("distance", distance), color);
  }

  /**
   * The color of the square.
   *
   * @param color from 0 to 255; gray by default
   * @return changed settings
   */
  public Occlusion color(Rgb color) {
    return new Occlusion(classifier, patch, stride, Objects.requireNonNull(color, "color"));
  }

  private static int positive(String what, int given) {
    if (given < 1) {
      throw new VerydeepException(
          "The " + what + " of the squares is " + given + " pixels; it must be 1 or more.");
    }
    return given;
  }

  /**
   * Computes the maps of an image.
   *
   * @param image the image
   * @param classes their names; if none is given, the three with the highest scores
   * @return a map for each class, a cell per pixel: how much the score drops
   * @throws VerydeepException if there is no such class, the square is larger than the image, or
   *     the distance leaves gaps between squares
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Attribution run(RgbImage image, String... classes) {
    int side = patch > 0 ? patch : Math.max(1, image.smallestSide() / 5);
    int step = stride > 0 ? stride : Math.max(1, side / 2);
    if (side > image.smallestSide() || step > side) {
      throw new VerydeepException(
          ("The squares have sides of %d pixels and distances of %d; the sides must fit into the"
                  + " image of %d x %d, and the distances must not be larger than the sides.")
              .formatted(side, step, image.width(), image.height()));
    }
    int columns = count(image.width(), side, step);
    int rows = count(image.height(), side, step);
    Classification whole = classifier.classify(image);
    List<float[]> answers =
        ManyAnswers.of(
            classifier,
            rows * columns,
            i -> Painted.square(image, i % columns * step, i / columns * step, side, color),
            Occlusion::scores);
    List<AttributionMap> maps = new ArrayList<>();
    for (int label : ClassChoice.of(classifier.classNames(), classes, scores(whole))) {
      double[] sums = new double[image.width() * image.height()];
      int[] hidden = new int[sums.length];
      for (int i = 0; i < answers.size(); i++) {
        double drop = (double) whole.score(label) - answers.get(i)[label];
        add(sums, hidden, image, i % columns * step, i / columns * step, side, drop);
      }
      maps.add(
          AttributionMap.of(
              classifier.classNames().get(label),
              whole.score(label),
              0,
              AttributionMap.Grid.pixels(image.height(), image.width()),
              means(sums, hidden)));
    }
    return Attribution.of(
        "Occlusion by squares of %d pixels at distances of %d, %s"
            .formatted(side, step, classifier.name()),
        "how much the score drops",
        image,
        classifier.kind(),
        maps);
  }

  /** As many as it takes to reach the end; the last may reach beyond it. */
  private static int count(int length, int side, int step) {
    return (length - side + step - 1) / step + 1;
  }

  private static float[] scores(Classification answer) {
    float[] scores = new float[answer.classNames().size()];
    for (int k = 0; k < scores.length; k++) {
      scores[k] = answer.score(k);
    }
    return scores;
  }

  private static void add(
      double[] sums, int[] hidden, RgbImage image, int left, int top, int side, double drop) {
    for (int y = top; y < Math.min(top + side, image.height()); y++) {
      for (int x = left; x < Math.min(left + side, image.width()); x++) {
        sums[y * image.width() + x] += drop;
        hidden[y * image.width() + x]++;
      }
    }
  }

  private static float[] means(double[] sums, int[] hidden) {
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / hidden[i]);
    }
    return means;
  }

  /** Returns the classifier and the squares. */
  @Override
  public String toString() {
    String squares = patch == 0 ? "a fifth of the image" : patch + " pixels";
    return "Occlusion by squares of " + squares + ", " + classifier.name();
  }
}
