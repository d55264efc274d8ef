package verydeep.data;

import java.util.Locale;
import verydeep.VerydeepException;

/**
 * One value a color channel: a mean, a deviation, a shift.
 *
 * @param red of the red channel
 * @param green of the green channel
 * @param blue of the blue channel
 */
public record Rgb(double red, double green, double blue) {
  /** No red, no green, no blue. */
  public static final Rgb ZERO = new Rgb(0, 0, 0);

  /**
   * Checks that the values are numbers.
   *
   * @param red of the red channel
   * @param green of the green channel
   * @param blue of the blue channel
   */
  public Rgb {
    if (!Double.isFinite(red + green + blue)) {
      throw new VerydeepException(
          "red %s, green %s, blue %s: finite numbers are needed".formatted(red, green, blue));
    }
  }

  /** Red (0), green (1) or blue (2). */
  double channel(int index) {
    return index == 0 ? red : index == 1 ? green : blue;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "(%.6g, %.6g, %.6g)", red, green, blue);
  }
}
