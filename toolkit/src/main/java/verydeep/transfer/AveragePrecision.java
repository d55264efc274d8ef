package verydeep.transfer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import verydeep.VerydeepException;

/**
 * How well scores rank the images that show a class before those that do not: the mean of the
 * precision over the recall, from 0 to 1. PASCAL VOC changed its rule in 2010; both rules leave out
 * images in which the class is hard to see ("difficult"), and take equal scores in their order, as
 * VOC's own program does.
 */
final class AveragePrecision {

  private AveragePrecision() {}

  /**
   * VOC's rule up to 2009: the mean over the recalls 0, 0.1, ... 1 of the highest precision at that
   * recall or a larger one.
   *
   * @param ranked whether each image shows the class, the highest score first; at least one does
   */
  static double elevenPoints(boolean... ranked) {
    double[] recall = recall(ranked);
    double[] precision = precision(ranked);
    double sum = 0;
    double highest = 0;
    int place = ranked.length - 1;
    for (int tenth = 10; tenth >= 0; tenth--) {
      for (; place >= 0 && recall[place] >= tenth / 10.0; place--) {
        highest = Math.max(highest, precision[place]);
      }
      sum += highest;
    }
    return sum / 11;
  }

  /**
   * VOC's rule from 2010 on: the area under the precision over the recall, the precision made
   * monotone.
   *
   * @param ranked as for the other rule
   */
  static double areaUnderCurve(boolean... ranked) {
    double[] recall = recall(ranked);
    double[] precision = precision(ranked);
    double area = 0;
    double highest = 0;
    for (int i = ranked.length - 1; i >= 0; i--) {
      highest = Math.max(highest, precision[i]);
      double before = i == 0 ? 0 : recall[i - 1];
      area += (recall[i] - before) * highest;
    }
    return area;
  }

  /**
   * Whether each image shows the class, the highest score first.
   *
   * @param scores one number per image
   * @param shows whether each image shows the class
   * @throws VerydeepException if no image shows it, the lengths differ, or a score is not a number
   */
  static boolean[] ranked(double[] scores, boolean[] shows) {
    if (scores.length != shows.length) {
      throw new VerydeepException(
          scores.length + " scores were given for " + shows.length + " images.");
    }
    if (IntStream.range(0, shows.length).noneMatch(i -> shows[i])) {
      throw new VerydeepException("No image shows the class, so it has no precision.");
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

  /** Which share of the images that show the class are among the first, for each place. */
  private static double[] recall(boolean... ranked) {
    double[] found = found(ranked);
    double all = found[found.length - 1];
    return Arrays.stream(found).map(count -> count / all).toArray();
  }

  /** Which share of the first images show the class, for each place. */
  private static double[] precision(boolean... ranked) {
    double[] found = found(ranked);
    return IntStream.range(0, found.length).mapToDouble(i -> found[i] / (i + 1.0)).toArray();
  }

  private static double[] found(boolean... ranked) {
    double[] found = new double[ranked.length];
    double count = 0;
    for (int i = 0; i < ranked.length; i++) {
      count += ranked[i] ? 1 : 0;
      found[i] = count;
    }
    return found;
  }
}
