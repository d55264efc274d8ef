package verydeep.transfer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import verydeep.VerydeepException;

/**
 * How well scores put the images that show a class before those that do not: the mean of the
 * precision over the recall. PASCAL VOC changed its rule in 2010; images in which the class is hard
 * to see ("difficult") are left out of both.
 */
public final class AveragePrecision {

  private AveragePrecision() {}

  /**
   * VOC's rule up to 2009: the mean over the recalls 0, 0.1, ... 1 of the highest precision at that
   * recall or a larger one. Of equal scores the first comes first, as in VOC's own program.
   *
   * @param scores the higher the surer, a number an image
   * @param shows whether each image shows the class
   * @return from 0 to 1
   * @throws VerydeepException if no image shows it, the lengths differ, or a score is not a number
   */
  public static double elevenPoints(double[] scores, boolean[] shows) {
    return elevenPoints(ranked(scores, shows));
  }

  /** By the first rule, of images in the order of their scores, one of which shows the class. */
  static double elevenPoints(boolean[] ranked) {
    Curve curve = Curve.byPlace(ranked);
    double sum = 0;
    double highest = 0;
    int place = ranked.length - 1;
    for (int tenth = 10; tenth >= 0; tenth--) {
      for (; place >= 0 && curve.recall()[place] >= tenth / 10.0; place--) {
        highest = Math.max(highest, curve.precision()[place]);
      }
      sum += highest;
    }
    return sum / 11;
  }

  /**
   * VOC's rule from 2010 on: the area under the precision over the recall, the precision made
   * monotone. Of equal scores the first comes first.
   *
   * @param scores the higher the surer, a number an image
   * @param shows whether each image shows the class
   * @return from 0 to 1
   * @throws VerydeepException as {@link #elevenPoints}
   */
  public static double areaUnderCurve(double[] scores, boolean[] shows) {
    return areaUnderCurve(ranked(scores, shows));
  }

  /** By the second rule, of images in the order of their scores. */
  static double areaUnderCurve(boolean[] ranked) {
    Curve curve = Curve.byPlace(ranked);
    double area = 0;
    double highest = 0;
    for (int i = curve.recall().length - 1; i >= 0; i--) {
      highest = Math.max(highest, curve.precision()[i]);
      double before = i == 0 ? 0 : curve.recall()[i - 1];
      area += (curve.recall()[i] - before) * highest;
    }
    return area;
  }

  /**
   * The mean of the precisions at each rise of the recall, without making them monotone; equal
   * scores are taken together, so that their order does not matter. It is what scikit-learn
   * computes.
   *
   * @param scores the higher the surer, a number an image
   * @param shows whether each image shows the class
   * @return from 0 to 1
   * @throws VerydeepException as {@link #elevenPoints}
   */
  public static double stepwise(double[] scores, boolean[] shows) {
    Curve curve = Curve.byScore(scores, shows);
    double sum = 0;
    double before = 0;
    for (int i = 0; i < curve.recall().length; i++) {
      sum += (curve.recall()[i] - before) * curve.precision()[i];
      before = curve.recall()[i];
    }
    return sum;
  }

  /** Whether each image shows the class, the most confident first. */
  private static boolean[] ranked(double[] scores, boolean[] shows) {
    if (scores.length != shows.length) {
      throw new VerydeepException(
          scores.length + " scores were given for " + shows.length + " images.");
    }
    if (IntStream.range(0, shows.length).noneMatch(i -> shows[i])) {
      throw new VerydeepException("No image shows the class, so there is no precision of it.");
    }
    int[] order = order(scores);
    boolean[] ranked = new boolean[order.length];
    for (int i = 0; i < ranked.length; i++) {
      ranked[i] = shows[order[i]];
    }
    return ranked;
  }

  /** The indices of scores, the highest first; equal ones stay in their order. */
  static int[] order(double... scores) {
    if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
      throw new VerydeepException("A score is not a number; an average precision needs an order.");
    }
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> 0.0 - scores[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Recall and precision as more and more of the images are taken, the most confident first. */
  private static final class Curve {

    private final double[] recall;
    private final double[] precision;

    private Curve(double[] recall, double[] precision) {
      this.recall = recall;
      this.precision = precision;
    }

    double[] recall() {
      return recall;
    }

    double[] precision() {
      return precision;
    }

    /** One image after the other. */
    static Curve byPlace(boolean[] ranked) {
      double all = 0;
      for (boolean shows : ranked) {
        all += shows ? 1 : 0;
      }
      double[] recall = new double[ranked.length];
      double[] precision = new double[ranked.length];
      int found = 0;
      for (int i = 0; i < ranked.length; i++) {
        found += ranked[i] ? 1 : 0;
        recall[i] = found / all;
        precision[i] = found / (i + 1.0);
      }
      return new Curve(recall, precision);
    }

    /** Images of equal scores at once. */
    static Curve byScore(double[] scores, boolean[] shows) {
      Curve all = byPlace(ranked(scores, shows));
      int[] order = order(scores);
      int[] ends =
          IntStream.range(0, order.length)
              .filter(i -> i + 1 == order.length || scores[order[i]] != scores[order[i + 1]])
              .toArray();
      return new Curve(
          Arrays.stream(ends).mapToDouble(i -> all.recall[i]).toArray(),
          Arrays.stream(ends).mapToDouble(i -> all.precision[i]).toArray());
    }
  }
}
