package verydeep.evaluation;

import java.util.List;
import java.util.Locale;
import verydeep.VerydeepException;

/**
 * Two tests of the same images, compared image by image: only those count that one got right and
 * the other wrong (McNemar 1947).
 *
 * @param first the first test's name and protocol
 * @param second the second test's name and protocol
 * @param error which error, in words: {@code top-1 error}, {@code localization error of 5 guesses}
 * @param images how many
 * @param onlyFirstWrong images that the second got right and the first did not
 * @param onlySecondWrong images that the first got right and the second did not
 */
public record Comparison(
    String first,
    String second,
    String error,
    int images,
    int onlyFirstWrong,
    int onlySecondWrong) {

  /** The normal distribution's 97.5% quantile. */
  private static final double Z = 1.959963984540054;

  /**
   * Checks the counts.
   *
   * @param first the first test's name and protocol
   * @param second the second test's name and protocol
   * @param error which error, in words: {@code top-1 error}, {@code localization error of 5
   *     guesses}
   * @param images how many
   * @param onlyFirstWrong images that the second got right and the first did not
   * @param onlySecondWrong images that the first got right and the second did not
   */
  public Comparison {
    if (onlyFirstWrong < 0
        || onlySecondWrong < 0
        || images < 1
        || (long) onlyFirstWrong + onlySecondWrong > images) {
      throw new VerydeepException(
          "Of "
              + images
              + " images, "
              + onlyFirstWrong
              + " and "
              + onlySecondWrong
              + " cannot be wrong in one test alone.");
    }
  }

  /**
   * Compares two tests.
   *
   * @param first a test
   * @param second another test of the same images
   * @param top 1 for the top-1 error, 5 for the top-5 error
   * @return the comparison
   * @throws VerydeepException if images or classes differ, or {@code top} is below 1
   */
  public static Comparison of(Evaluation first, Evaluation second, int top) {
    if (top < 1) {
      throw new VerydeepException("There is no top-" + top + " error; top-1 is the least.");
    }
    List<Prediction> others = SameImages.inOrderOf(first.record(), second.record());
    int onlyFirst = 0;
    int onlySecond = 0;
    for (int i = 0; i < others.size(); i++) {
      boolean right = first.predictions().get(i).rank() <= top;
      boolean otherRight = others.get(i).rank() <= top;
      onlyFirst += !right && otherRight ? 1 : 0;
      onlySecond += right && !otherRight ? 1 : 0;
    }
    return new Comparison(
        label(first),
        label(second),
        "top-" + top + " error",
        first.predictions().size(),
        onlyFirst,
        onlySecond);
  }

  private static String label(Evaluation test) {
    return test.name() + ", " + test.protocol();
  }

  /**
   * How much lower the second test's error is.
   *
   * @return a difference of error rates; negative if the second is worse
   */
  public double gain() {
    return (double) (onlyFirstWrong - onlySecondWrong) / images;
  }

  /**
   * The lower end of the gain's 95% interval, after Bonett and Price 2012: right also for few
   * images.
   *
   * @return a difference of error rates
   */
  public double low() {
    return middle() - reach();
  }

  /**
   * The upper end of the gain's 95% interval.
   *
   * @return a difference of error rates
   */
  public double high() {
    return middle() + reach();
  }

  private double middle() {
    return (onlyFirstWrong - onlySecondWrong) / (images + 2.0);
  }

  private double reach() {
    double first = (onlyFirstWrong + 1) / (images + 2.0);
    double second = (onlySecondWrong + 1) / (images + 2.0);
    return Z * Math.sqrt((first + second - (first - second) * (first - second)) / (images + 2.0));
  }

  /**
   * How likely so uneven counts, or more uneven ones, are if both tests are equally good: McNemar's
   * test, exact (binomial), two-sided.
   *
   * @return the p-value, 1 if no image tells the two apart
   */
  public double pValue() {
    int trials = onlyFirstWrong + onlySecondWrong;
    int fewer = Math.min(onlyFirstWrong, onlySecondWrong);
    double logarithm = -trials * Math.log(2); // of the probability of none
    double sum = 0;
    for (int k = 0; k <= fewer; k++) {
      sum += Math.exp(logarithm);
      logarithm += Math.log(trials - k) - Math.log(k + 1);
    }
    return Math.min(1, 2 * sum);
  }

  /** Both tests, the gain with its interval, and the p-value. */
  @Override
  public String toString() {
    boolean worse = gain() < 0;
    return String.format(
        Locale.ROOT,
        "%s of \"%s\" %s by %s points (%s to %s) than of \"%s\"%n"
            + "of %d images %d are right in the former alone, %d in the latter alone;"
            + " p = %.2g (McNemar)",
        error,
        second,
        worse ? "higher" : "lower",
        points(worse ? -gain() : gain()),
        points(worse ? -high() : low()),
        points(worse ? -low() : high()),
        first,
        images,
        onlyFirstWrong,
        onlySecondWrong,
        pValue());
  }

  private static String points(double share) {
    double rounded = Math.round(1000 * share) / 10.0;
    return String.format(Locale.ROOT, "%.1f", rounded + 0.0); // no -0.0
  }
}
