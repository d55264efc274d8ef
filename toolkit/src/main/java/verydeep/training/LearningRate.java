package verydeep.training;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * The learning rate and when it drops. It is divided by a factor when the best validation accuracy
 * has not improved for a number of epochs, up to a given number of times; when the accuracy stops
 * improving after the last drop too, training ends (section 3.1).
 *
 * @param first the rate of the first step, above 0
 * @param factor the divisor at each drop, above 1
 * @param falls the number of drops, at least 0
 * @param patience epochs without a better validation accuracy before a drop, at least 1
 */
public record LearningRate(double first, double factor, int falls, int patience) {

  /**
   * Checks the values.
   *
   * @param first the rate of the first step, above 0
   * @param factor the divisor at each drop, above 1
   * @param falls the number of drops, at least 0
   * @param patience epochs without a better validation accuracy before a drop, at least 1
   */
  public LearningRate {
    Checks.that(first > 0 && first < 1e6, "learning rate", first, "above 0 and below 1000000");
    Checks.that(factor > 1, "factor of the learning rate", factor, "above 1");
    Checks.that(falls >= 0, "number of learning rate drops", falls, "0 or more");
    Checks.that(patience >= 1, "patience of the learning rate", patience, "1 epoch or more");
  }

  /**
   * Returns the paper's schedule: divided by 10, three times. The paper does not say how many
   * epochs without improvement it waits; 5 is our choice.
   *
   * @param first the rate of the first step; the paper's is 0.01
   * @return the learning rate
   */
  public static LearningRate plateau(double first) {
    return new LearningRate(first, 10, 3, 5);
  }

  /**
   * Returns a rate that never drops; training ends with its last epoch.
   *
   * @param rate the rate
   * @return the learning rate
   */
  public static LearningRate constant(double rate) {
    return new LearningRate(rate, 10, 0, Integer.MAX_VALUE);
  }

  /**
   * Returns a copy with another factor.
   *
   * @param factor the divisor at each drop
   * @return a new learning rate
   */
  public LearningRate factor(double factor) {
    return new LearningRate(first, factor, falls, patience);
  }

  /**
   * Returns a copy with another number of drops.
   *
   * @param falls the number of drops
   * @return a new learning rate
   */
  public LearningRate falls(int falls) {
    return new LearningRate(first, factor, falls, patience);
  }

  /**
   * Returns a copy with another patience.
   *
   * @param epochs epochs without a better validation accuracy before a drop
   * @return a new learning rate
   */
  public LearningRate patience(int epochs) {
    return new LearningRate(first, factor, falls, epochs);
  }

  /**
   * Formats a rate for people, with four digits: {@code 0.0003}, where the double may have
   * seventeen.
   */
  static String text(double rate) {
    return new BigDecimal(rate).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  /** Returns the rate and its drops. */
  @Override
  public String toString() {
    return falls == 0
        ? String.format(Locale.ROOT, "%s, constant", first)
        : String.format(
            Locale.ROOT,
            "%s, divided by %s up to %d times after %d epochs without a better validation",
            first,
            factor,
            falls,
            patience);
  }
}
