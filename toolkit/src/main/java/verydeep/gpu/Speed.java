package verydeep.gpu;

import java.util.Locale;

/**
 * How fast some work went.
 *
 * @param work such as {@code training D at 224}
 * @param numbers in which, and by whom
 * @param imagesPerSecond images, not a number if it could not be measured; from their files on
 *     where {@code waited} is a number
 * @param waited the share of the time that was spent waiting for images; not a number if it was not
 *     measured
 */
public record Speed(String work, String numbers, double imagesPerSecond, double waited) {

  /** Such as {@code training D at 224, TF32: 1410 images/s}. */
  @Override
  public String toString() {
    return Double.isNaN(imagesPerSecond)
        ? work + ": not measured: " + numbers
        : String.format(Locale.ROOT, "%s, %s: %.0f images/s", work, numbers, imagesPerSecond);
  }
}
