package verydeep.gpu;

import java.util.Locale;

/**
 * How far two computations of the same thing are apart.
 *
 * @param what was computed
 * @param numbers in which, such as {@code float32} or {@code TF32}
 * @param measure what the difference is, in words
 * @param difference not a number if the computation failed
 * @param allowed what the arithmetic may cost
 * @param note why it failed, empty if it did not
 */
public record Agreement(
    String what, String numbers, String measure, double difference, double allowed, String note) {

  static Agreement of(
      String what, String numbers, String measure, double difference, double allowed) {
    return new Agreement(what, numbers, measure, difference, allowed, "");
  }

  static Agreement failed(String what, String numbers, Throwable failure) {
    return new Agreement(what, numbers, "", Double.NaN, 0, failure.toString());
  }

  /**
   * Whether the difference is what the arithmetic may cost.
   *
   * @return false also if the computation failed
   */
  public boolean holds() {
    return difference <= allowed;
  }

  /** Such as {@code D's pool5, float32: 3.1e-07 of the largest (allowed 1.0e-05), holds}. */
  @Override
  public String toString() {
    return note.isEmpty()
        ? String.format(
            Locale.ROOT,
            "%s, %s: %.1e %s (allowed %.1e), %s",
            what,
            numbers,
            difference,
            measure,
            allowed,
            holds() ? "holds" : "does not hold")
        : what + ", " + numbers + ": failed: " + note;
  }
}
