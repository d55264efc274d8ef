package verydeep.training;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * The learning rate and when it falls: divided by a factor when the best validation accuracy has
 * not improved for some epochs, a few times in all; when it stays after the last fall too, training
 * ends (section 3.1).
 *
 * @param first the rate of the first step, above 0
 * @param factor what it is divided by, above 1
 * @param falls how often it falls, at least 0
 * @param patience epochs without a better validation accuracy before it falls, at least 1
 */
public record LearningRate(double first, double factor, int falls, int patience) {

  /**
   * Checks the values.
   *
   * @param first the rate of the first step, above 0
   * @param factor what it is divided by, above 1
   * @param falls how often it falls, at least 0
   * @param patience epochs without a better validation accuracy before it falls, at least 1
   */
  public LearningRate {
    Checks.that(first > 0 && first < 1e6, "learning rate", first, "above 0 and below 1000000");
    Checks.that(factor > 1, "factor of the learning rate", factor, "above 1");
    Checks.that(falls >= 0, "falls of the learning rate", falls, "0 or more");
    Checks.that(patience >= 1, "patience of the learning rate", patience, "1 epoch or more");
  }

  /**
   * The paper's: divided by 10, three times. It does not say how long an accuracy must stand still;
   * 5 epochs is our choice.
   *
   * @param first the rate of the first step; the paper's is 0.01
   * @return the learning rate
   */
  public static LearningRate plateau(double first) {
    return new LearningRate(first, 10, 3, 5);
  }

  /**
   * A rate that never falls; training ends with its last epoch.
   *
   * @param rate the rate
   * @return the learning rate
   */
  public static LearningRate constant(double rate) {
    return new LearningRate(rate, 10, 0, Integer.MAX_VALUE);
  }

  /**
   * The same with another factor.
   *
   * @param factor what the rate is divided by
   * @return a new learning rate
   */
  public LearningRate factor(double factor) {
    return new LearningRate(first, factor, falls, patience);
  }

  /**
   * The same with another number of falls.
   *
   * @param falls how often the rate falls
   * @return a new learning rate
   */
  public LearningRate falls(int falls) {
    return new LearningRate(first, factor, falls, patience);
  }

  /**
   * The same with another patience.
   *
   * @param epochs without a better validation accuracy before the rate falls
   * @return a new learning rate
   */
  public LearningRate patience(int epochs) {
    return new LearningRate(first, factor, falls, epochs);
  }

  /** A rate for people, with four digits: {@code 0.0003}, where its double may have seventeen. */
  static String text(double rate) {
    return new BigDecimal(rate).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  /** The rate and its falls. */
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
