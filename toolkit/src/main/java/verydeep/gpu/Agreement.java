package verydeep.gpu;

import java.util.Locale;

/**
 * The difference between two computations of the same thing.
 *
 * @param what was computed
 * @param numbers the number format, such as {@code float32} or {@code TF32}
 * @param measure the meaning of the difference, in words
 * @param difference the difference; NaN if the computation failed
 * @param allowed the largest difference allowed for the arithmetic
 * @param note why it failed; empty if it did not
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
   * Returns whether the difference is within what the arithmetic allows.
   *
   * @return true if it is; false also if the computation failed
   */
  public boolean holds() {
    return difference <= allowed;
  }

  /**
   * Returns a line such as {@code D's pool5, float32: 3.1e-07 of the largest (allowed 1.0e-05),
   * holds}.
   */
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
