package verydeep.localization;

import java.util.Locale;
import verydeep.VerydeepException;
import verydeep.data.BoundingBox;

/**
 * A box as a localization network says it (appendix A): center and size as fractions of the
 * network's square input window, so that the window's whole is (0.5, 0.5, 1, 1).
 *
 * @param x of the center, 0 at the window's left edge, 1 at its right
 * @param y of the center, 0 at the window's upper edge, 1 at its lower
 * @param width as a share of the window's side
 * @param height as a share of the window's side
 */
public record BoxTarget(double x, double y, double width, double height) {

  /**
   * Checks that they are numbers; a network may say any, also a width below 0.
   *
   * @param x of the center, 0 at the window's left edge, 1 at its right
   * @param y of the center, 0 at the window's upper edge, 1 at its lower
   * @param width as a share of the window's side
   * @param height as a share of the window's side
   */
  public BoxTarget {
    if (!Double.isFinite(x + y + width + height)) {
      throw new VerydeepException(
          "a box of %s, %s, %s, %s: finite numbers are needed".formatted(x, y, width, height));
    }
  }

  /**
   * The box in a window.
   *
   * @param side the window's, pixels
   * @return the box in pixels of the window; a width or height below 0 counts as 0
   */
  public BoundingBox inWindow(int side) {
    return BoundingBox.centered(
        x * side, y * side, Math.max(0, width) * side, Math.max(0, height) * side);
  }

  /**
   * Intersection over union of two boxes of the same window, from 0 to 1.
   *
   * @param other a box of the same window
   * @return 0 if they do not touch
   */
  public double iou(BoxTarget other) {
    return inWindow(1).iou(other.inWindow(1));
  }

  /** {@code center (0.512, 0.430), size (0.250, 0.310)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "center (%.3f, %.3f), size (%.3f, %.3f)", x, y, width, height);
  }
}
