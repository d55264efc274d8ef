package verydeep.gpu;

import java.util.Locale;

/**
 * The speed of some work.
 *
 * @param work the work, such as {@code training D at 224}
 * @param numbers the number format and the software
 * @param imagesPerSecond images per second, including reading the files if {@code waited} is a
 *     number; NaN if it could not be measured
 * @param waited the fraction of the time spent waiting for images; NaN if it was not measured
 */
public record Speed(String work, String numbers, double imagesPerSecond, double waited) {

  /** Returns a line such as {@code training D at 224, TF32: 1410 images/s}. */
  @Override
  public String toString() {
    return Double.isNaN(imagesPerSecond)
        ? work + ": not measured: " + numbers
        : String.format(Locale.ROOT, "%s, %s: %.0f images/s", work, numbers, imagesPerSecond);
  }
}
