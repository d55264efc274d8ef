package verydeep.evaluation;

import java.util.Locale;

/**
 * A share of wrong pictures with its 95% confidence interval, after Wilson 1927: right also for few
 * pictures and for rates near 0 or 1, where the usual normal approximation is not.
 *
 * @param wrong how many pictures were wrong
 * @param pictures how many there were, at least 1
 */
public record ErrorRate(int wrong, int pictures) {

  /** The normal distribution's 97.5% quantile. */
  private static final double Z = 1.959963984540054;

  /** Checks the counts. */
  public ErrorRate {
    if (pictures < 1 || wrong < 0 || wrong > pictures) {
      throw new EvaluationException(
          "An error rate needs at least one picture and at most as many wrong ones as pictures; "
              + "given are "
              + wrong
              + " of "
              + pictures
              + ".");
    }
  }

  /**
   * The share.
   *
   * @return from 0 to 1
   */
  public double value() {
    return (double) wrong / pictures;
  }

  /**
   * The lower end of the interval.
   *
   * @return from 0 to the value
   */
  public double low() {
    return Math.max(0, middle() - reach());
  }

  /**
   * The upper end of the interval.
   *
   * @return from the value to 1
   */
  public double high() {
    return Math.min(1, middle() + reach());
  }

  private double middle() {
    return (wrong + Z * Z / 2) / (pictures + Z * Z);
  }

  private double reach() {
    double right = pictures - (double) wrong;
    return Z / (pictures + Z * Z) * Math.sqrt(wrong * right / pictures + Z * Z / 4);
  }

  /** {@code 27.0% (24.1 to 30.2)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.1f%% (%.1f to %.1f)", 100 * value(), 100 * low(), 100 * high());
  }
}
