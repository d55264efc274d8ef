package verydeep.localization;

import java.util.Locale;
import verydeep.VerydeepException;
import verydeep.data.BoundingBox;

/**
 * A box as a localization network predicts it (appendix A): center and size as fractions of the
 * network's square input window, so the whole window is (0.5, 0.5, 1, 1).
 *
 * @param x the center's x, 0 at the window's left edge, 1 at its right edge
 * @param y the center's y, 0 at the window's top edge, 1 at its bottom edge
 * @param width the width as a fraction of the window's side
 * @param height the height as a fraction of the window's side
 */
public record BoxTarget(double x, double y, double width, double height) {

  /**
   * Checks that the numbers are finite; a network may predict any, even a width below 0.
   *
   * @param x the center's x, 0 at the window's left edge, 1 at its right edge
   * @param y the center's y, 0 at the window's top edge, 1 at its bottom edge
   * @param width the width as a fraction of the window's side
   * @param height the height as a fraction of the window's side
   */
  public BoxTarget {
    if (!Double.isFinite(x + y + width + height)) {
      throw new VerydeepException(
          "The numbers of a box are %s, %s, %s, %s; they must be finite."
              .formatted(x, y, width, height));
    }
  }

  /**
   * Returns the box in a window.
   *
   * @param side the window's side in pixels
   * @return the box in pixels of the window; a width or height below 0 counts as 0
   */
  public BoundingBox inWindow(int side) {
    return BoundingBox.centered(
        x * side, y * side, Math.max(0, width) * side, Math.max(0, height) * side);
  }

  /**
   * Returns the intersection over union of two boxes in the same window, from 0 to 1.
   *
   * @param other a box in the same window
   * @return the intersection over union; 0 if the boxes do not overlap
   */
  public double iou(BoxTarget other) {
    return inWindow(1).iou(other.inWindow(1));
  }

  /** Returns {@code center (0.512, 0.430), size (0.250, 0.310)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "center (%.3f, %.3f), size (%.3f, %.3f)", x, y, width, height);
  }
}
