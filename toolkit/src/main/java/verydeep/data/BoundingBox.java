package verydeep.data;

import java.util.Locale;
import verydeep.VerydeepException;

/**
 * A rectangle around an object, in pixels of an image: x counts from the left, y from the top, and
 * both are continuous, so that the first pixel of a row reaches from 0 to 1 and a box around a
 * whole image is (0, 0)-(width, height). Immutable; it may lie outside of the image.
 *
 * <p>PASCAL VOC counts pixels from 1 and both ends are in the box; readers convert: {@code left =
 * xmin - 1}, {@code right = xmax}.
 *
 * @param left x of the left edge
 * @param top y of the upper edge
 * @param right x of the right edge, {@code left} or more
 * @param bottom y of the lower edge, {@code top} or more
 */
public record BoundingBox(double left, double top, double right, double bottom) {

  /**
   * Checks that the edges are numbers and in order.
   *
   * @param left x of the left edge
   * @param top y of the upper edge
   * @param right x of the right edge, {@code left} or more
   * @param bottom y of the lower edge, {@code top} or more
   */
  public BoundingBox {
    if (!Double.isFinite(left)
        || !Double.isFinite(top)
        || !Double.isFinite(right)
        || !Double.isFinite(bottom)
        || right < left
        || bottom < top) {
      throw new VerydeepException(
          "a box from (%s, %s) to (%s, %s): finite numbers are needed, the first corner above and"
                  .formatted(left, top, right, bottom)
              + " left of the second");
    }
  }

  /**
   * A box by its center, as networks predict it.
   *
   * @param x of the center
   * @param y of the center
   * @param width 0 or more
   * @param height 0 or more
   * @return the box
   */
  public static BoundingBox centered(double x, double y, double width, double height) {
    return new BoundingBox(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
  }

  /** {@return its width, pixels} */
  public double width() {
    return right - left;
  }

  /** {@return its height, pixels} */
  public double height() {
    return bottom - top;
  }

  /** {@return its area, square pixels} */
  public double area() {
    return width() * height();
  }

  /** {@return the distance from corner to corner, pixels} */
  public double diagonal() {
    return Math.sqrt(width() * width() + height() * height());
  }

  /** {@return x of its center} */
  public double centerX() {
    return (left + right) / 2;
  }

  /** {@return y of its center} */
  public double centerY() {
    return (top + bottom) / 2;
  }

  /**
   * Whether it is no box around anything: a pixel wide or less, or a pixel high or less. In VOC's
   * way of counting, whose boxes cannot be empty, a slip of the mouse is one pixel.
   *
   * @return whether it is one or less wide or high
   */
  public boolean isDegenerate() {
    return width() <= 1 || height() <= 1;
  }

  /**
   * The area that two boxes share, square pixels.
   *
   * @param other a box of the same image
   * @return 0 if they do not touch
   */
  public double intersection(BoundingBox other) {
    double across = Math.min(right, other.right) - Math.max(left, other.left);
    double down = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    return across > 0 && down > 0 ? across * down : 0;
  }

  /**
   * Intersection over union, by which a box is right or wrong (appendix A).
   *
   * @param other another box of the same image
   * @return from 0, nothing in common, to 1, the same; 0 if neither has an area
   */
  public double iou(BoundingBox other) {
    double shared = intersection(other);
    return shared == 0 ? 0 : Math.min(1, shared / (area() + other.area() - shared));
  }

  /**
   * What of it lies in an image.
   *
   * @param imageWidth pixels
   * @param imageHeight pixels
   * @return the part inside; without area, on the image's edge, if none is
   */
  public BoundingBox clip(double imageWidth, double imageHeight) {
    return new BoundingBox(
        inside(left, imageWidth),
        inside(top, imageHeight),
        inside(right, imageWidth),
        inside(bottom, imageHeight));
  }

  private static double inside(double value, double length) {
    return Math.max(0, Math.min(length, value));
  }

  /**
   * The same box in the flipped image of an image that is so many pixels wide.
   *
   * @param imageWidth pixels
   * @return the mirrored box
   */
  public BoundingBox flipped(double imageWidth) {
    return new BoundingBox(imageWidth - right, top, imageWidth - left, bottom);
  }

  /**
   * The same box in an image whose sides are so many times as long.
   *
   * @param horizontally the new width over the old one
   * @param vertically the new height over the old one
   * @return the scaled box
   */
  public BoundingBox scaled(double horizontally, double vertically) {
    return new BoundingBox(
        left * horizontally, top * vertically, right * horizontally, bottom * vertically);
  }

  /**
   * The same box moved right and down.
   *
   * @param x pixels to the right
   * @param y pixels down
   * @return the moved box
   */
  public BoundingBox translated(double x, double y) {
    return new BoundingBox(left + x, top + y, right + x, bottom + y);
  }

  /** {@code (259, 176)-(491, 376)}, to a tenth of a pixel. */
  @Override
  public String toString() {
    return "(%s, %s)-(%s, %s)".formatted(tenth(left), tenth(top), tenth(right), tenth(bottom));
  }

  private static String tenth(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
