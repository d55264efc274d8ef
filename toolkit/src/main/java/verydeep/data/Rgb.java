package verydeep.data;

import java.util.Locale;
import verydeep.VerydeepException;

/**
 * One value per color channel: a mean, a deviation, a shift.
 *
 * @param red the value of the red channel
 * @param green the value of the green channel
 * @param blue the value of the blue channel
 */
public record Rgb(double red, double green, double blue) {
  /** No red, no green, no blue. */
  public static final Rgb ZERO = new Rgb(0, 0, 0);

  /**
   * Checks that the values are finite.
   *
   * @param red the value of the red channel
   * @param green the value of the green channel
   * @param blue the value of the blue channel
   */
  public Rgb {
    if (!Double.isFinite(red + green + blue)) {
      throw new VerydeepException(
          "Red is %s, green %s and blue %s; all must be finite.".formatted(red, green, blue));
    }
  }

  /** Returns red (0), green (1) or blue (2). */
  double channel(int index) {
    return index == 0 ? red : index == 1 ? green : blue;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "(%.6g, %.6g, %.6g)", red, green, blue);
  }
}
