package verydeep.data;

import java.util.Locale;
import verydeep.VerydeepException;

/**
 * A rectangle around an object, in pixels of an image: x counts from the left, y from the top, and
 * both are continuous, so that the first pixel of a row extends from 0 to 1 and a box around the
 * whole image is (0, 0)-(width, height). Immutable; it may lie outside the image.
 *
 * <p>PASCAL VOC counts pixels from 1 and includes both ends; readers convert: {@code left = xmin -
 * 1}, {@code right = xmax}.
 *
 * @param left x of the left edge
 * @param top y of the top edge
 * @param right x of the right edge, at least {@code left}
 * @param bottom y of the bottom edge, at least {@code top}
 */
public record BoundingBox(double left, double top, double right, double bottom) {

  /**
   * Checks that the edges are finite and in order.
   *
   * @param left x of the left edge
   * @param top y of the top edge
   * @param right x of the right edge, at least {@code left}
   * @param bottom y of the bottom edge, at least {@code top}
   */
  public BoundingBox {
    if (!Double.isFinite(left)
        || !Double.isFinite(top)
        || !Double.isFinite(right)
        || !Double.isFinite(bottom)
        || right < left
        || bottom < top) {
      throw new VerydeepException(
          "The box has corners (%s, %s) and (%s, %s); they must be finite, and the first above and left of the second."
              .formatted(left, top, right, bottom));
    }
  }

  /**
   * Creates a box from its center and size, as networks predict it.
   *
   * @param x x of the center
   * @param y y of the center
   * @param width its width, 0 or more
   * @param height its height, 0 or more
   * @return the box
   */
  public static BoundingBox centered(double x, double y, double width, double height) {
    return new BoundingBox(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
  }

  /** {@return its width in pixels} */
  public double width() {
    return right - left;
  }

  /** {@return its height in pixels} */
  public double height() {
    return bottom - top;
  }

  /** {@return its area in square pixels} */
  public double area() {
    return width() * height();
  }

  /** {@return the length of its diagonal in pixels} */
  public double diagonal() {
    return Math.sqrt(width() * width() + height() * height());
  }

  /** {@return the x coordinate of its center} */
  public double centerX() {
    return (left + right) / 2;
  }

  /** {@return the y coordinate of its center} */
  public double centerY() {
    return (top + bottom) / 2;
  }

  /**
   * Returns whether the box encloses nothing: it is at most one pixel wide or at most one pixel
   * high. In VOC's convention boxes cannot be empty, so a slip of the mouse makes a box of one
   * pixel.
   *
   * @return true if its width or height is 1 or less
   */
  public boolean isDegenerate() {
    return width() <= 1 || height() <= 1;
  }

  /**
   * Returns the area two boxes share, in square pixels.
   *
   * @param other a box in the same image
   * @return the area; 0 if they do not overlap
   */
  public double intersection(BoundingBox other) {
    double across = Math.min(right, other.right) - Math.max(left, other.left);
    double down = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    return across > 0 && down > 0 ? across * down : 0;
  }

  /**
   * Returns the intersection over union, which decides whether a box is correct (appendix A).
   *
   * @param other another box in the same image
   * @return from 0 for disjoint boxes to 1 for identical ones; 0 if neither has an area
   */
  public double iou(BoundingBox other) {
    double shared = intersection(other);
    return shared == 0 ? 0 : Math.min(1, shared / (area() + other.area() - shared));
  }

  /**
   * Clips the box to an image.
   *
   * @param imageWidth the image's width in pixels
   * @param imageHeight the image's height in pixels
   * @return the part inside the image; if there is none, a box without area on the image's edge
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
   * Returns the same box in the horizontally flipped image.
   *
   * @param imageWidth the image's width in pixels
   * @return the flipped box
   */
  public BoundingBox flipped(double imageWidth) {
    return new BoundingBox(imageWidth - right, top, imageWidth - left, bottom);
  }

  /**
   * Returns the same box in a resized image.
   *
   * @param horizontally the new width divided by the old one
   * @param vertically the new height divided by the old one
   * @return the scaled box
   */
  public BoundingBox scaled(double horizontally, double vertically) {
    return new BoundingBox(
        left * horizontally, top * vertically, right * horizontally, bottom * vertically);
  }

  /**
   * Returns the same box moved right and down.
   *
   * @param x pixels to the right
   * @param y pixels down
   * @return the moved box
   */
  public BoundingBox translated(double x, double y) {
    return new BoundingBox(left + x, top + y, right + x, bottom + y);
  }

  /** Returns text such as {@code (259, 176)-(491, 376)}, to a tenth of a pixel. */
  @Override
  public String toString() {
    return "(%s, %s)-(%s, %s)".formatted(tenth(left), tenth(top), tenth(right), tenth(bottom));
  }

  private static String tenth(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
