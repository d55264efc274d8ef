package verydeep.transfer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import verydeep.transfer.MultiLabelEvaluation.Interval;

/**
 * How precise a mean average precision is: the test's images are drawn again with replacement, 1000
 * times, each with all of its people, and 95% of the means are in the interval (Efron's percentile
 * bootstrap). The scores stay, so that it holds for this classifier, not for others trained on
 * other images.
 */
final class PrecisionBootstrap {

  private static final int DRAWS = 1000;

  private final List<Ranking> classes;
  private final int[] images;
  private final int count;

  /**
   * A test.
   *
   * @param classes the rankings, of examples by index
   * @param files of the examples: those of one file are drawn together
   */
  PrecisionBootstrap(List<Ranking> classes, List<Path> files) {
    this.classes = classes;
    Map<Path, Integer> known = new HashMap<>();
    this.images =
        files.stream()
            .mapToInt(
                file -> {
                  known.putIfAbsent(file, known.size());
                  return known.get(file);
                })
            .toArray();
    this.count = known.size();
  }

  /** The interval of the mean over the classes that a draw shows. */
  Interval of(ToDoubleFunction<boolean[]> measure) {
    double[] means =
        IntStream.range(0, DRAWS)
            .parallel()
            .mapToDouble(draw -> mean(times(draw), measure))
            .filter(mean -> !Double.isNaN(mean))
            .sorted()
            .toArray();
    if (means.length == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    int tail = (int) Math.round(0.025 * (means.length - 1));
    return new Interval(means[tail], means[means.length - 1 - tail]);
  }

  /** How often each example was drawn. */
  private int[] times(int draw) {
    SplittableRandom random = new SplittableRandom(draw);
    int[] times = new int[count];
    for (int i = 0; i < count; i++) {
      times[random.nextInt(count)]++;
    }
    return Arrays.stream(images).map(image -> times[image]).toArray();
  }

  private double mean(int[] times, ToDoubleFunction<boolean[]> measure) {
    return classes.stream()
        .map(ranking -> ranking.shows(times))
        .filter(PrecisionBootstrap::any)
        .mapToDouble(measure)
        .average()
        .orElse(Double.NaN);
  }

  private static boolean any(boolean[] shows) {
    for (boolean one : shows) {
      if (one) {
        return true;
      }
    }
    return false;
  }
}
