package verydeep.evaluation;

import java.util.Locale;
import verydeep.VerydeepException;

/**
 * A share of wrong images with its 95% confidence interval, after Wilson 1927: right also for few
 * images and for rates near 0 or 1, where the usual normal approximation is not.
 *
 * @param wrong how many images were wrong
 * @param images how many there were, at least 1
 */
public record ErrorRate(int wrong, int images) {

  /** The normal distribution's 97.5% quantile. */
  private static final double Z = 1.959963984540054;

  /**
   * Checks the counts.
   *
   * @param wrong how many images were wrong
   * @param images how many there were, at least 1
   */
  public ErrorRate {
    if (images < 1 || wrong < 0 || wrong > images) {
      throw new VerydeepException(
          "An error rate needs at least one image and at most as many wrong ones as images; "
              + "given are "
              + wrong
              + " of "
              + images
              + ".");
    }
  }

  /**
   * The share.
   *
   * @return from 0 to 1
   */
  public double value() {
    return (double) wrong / images;
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
    return (wrong + Z * Z / 2) / (images + Z * Z);
  }

  private double reach() {
    double right = images - (double) wrong;
    return Z / (images + Z * Z) * Math.sqrt(wrong * right / images + Z * Z / 4);
  }

  /** {@code 27.0% (24.1 to 30.2)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.1f%% (%.1f to %.1f)", 100 * value(), 100 * low(), 100 * high());
  }
}
