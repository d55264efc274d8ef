package verydeep.transfer;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.evaluation.Evaluation;

/**
 * Tests over random splits (appendix B), by Caltech's measure: the mean over the classes of each
 * class's recall, and its mean and deviation over the splits.
 *
 * @param network layer and network whose features were used
 * @param protocol how the images were viewed
 * @param training training images per class
 * @param tests one per split, at least one
 */
public record SplitResults(String network, String protocol, int training, List<Evaluation> tests) {

  /**
   * Checks and copies.
   *
   * @param network layer and network whose features were used
   * @param protocol how the images were viewed
   * @param training training images per class
   * @param tests one per split, at least one
   */
  public SplitResults {
    tests = List.copyOf(tests);
    if (tests.isEmpty()) {
      throw new VerydeepException("There are no tests; at least one split is needed.");
    }
  }

  /**
   * The mean over the classes of the share of their images that were recognized, where a class with
   * many test images counts as much as one with few.
   *
   * @param split the split's index
   * @return from 0 to 1
   */
  public double meanClassRecall(int split) {
    return tests.get(split).confusion().meanClassRecall();
  }

  /**
   * The mean class recall, averaged over the splits.
   *
   * @return from 0 to 1
   */
  public double meanClassRecall() {
    return IntStream.range(0, tests.size()).mapToDouble(this::meanClassRecall).average().orElse(0);
  }

  /**
   * How much the splits' mean class recalls vary: their sample standard deviation, which divides by
   * one less than the number of splits. The paper does not say which deviation it gives.
   *
   * @return from 0 to 1; not a number (NaN) for one split
   */
  public double deviation() {
    double mean = meanClassRecall();
    double squares =
        IntStream.range(0, tests.size())
            .mapToDouble(split -> Math.pow(meanClassRecall(split) - mean, 2))
            .sum();
    return Math.sqrt(squares / (tests.size() - 1));
  }

  /** Mean class recall in percent with its deviation, and what was tested. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "mean class recall %.1f%%%s, %d split%s, %d training images per class: %s, %s",
        100 * meanClassRecall(),
        tests.size() == 1 ? "" : String.format(Locale.ROOT, " ± %.1f", 100 * deviation()),
        tests.size(),
        tests.size() == 1 ? "" : "s",
        training,
        network,
        protocol);
  }
}
