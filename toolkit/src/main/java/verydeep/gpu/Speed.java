package verydeep.gpu;

import java.util.Locale;

/**
 * How fast some work went.
 *
 * @param work such as {@code training D at 224}
 * @param numbers in which, and by whom
 * @param picturesPerSecond pictures, not a number if it could not be measured; from their files on
 *     where {@code waited} is a number
 * @param waited the share of the time that was spent waiting for pictures; not a number if it was
 *     not measured
 */
public record Speed(String work, String numbers, double picturesPerSecond, double waited) {

  /** Such as {@code training D at 224, TF32: 1410 pictures/s}. */
  @Override
  public String toString() {
    return Double.isNaN(picturesPerSecond)
        ? work + ": not measured: " + numbers
        : String.format(Locale.ROOT, "%s, %s: %.0f pictures/s", work, numbers, picturesPerSecond);
  }
}
