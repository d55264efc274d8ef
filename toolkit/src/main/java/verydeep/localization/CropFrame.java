package verydeep.localization;

import java.util.Optional;
import verydeep.VerydeepException;
import verydeep.data.BoundingBox;
import verydeep.data.RgbImage;
import verydeep.internal.batches.Draw;

/**
 * The mapping from an image to the square that a network sees, by rescaling, cropping and perhaps
 * flipping, and the mapping of boxes back.
 *
 * @param width the image's width in pixels
 * @param height the image's height in pixels
 * @param rescaledWidth its width after rescaling
 * @param rescaledHeight its height after rescaling
 * @param left the window's left edge in the rescaled image, before flipping
 * @param top the window's top edge
 * @param window the window's side in pixels
 * @param flipped whether the window is flipped horizontally
 */
record CropFrame(
    int width,
    int height,
    int rescaledWidth,
    int rescaledHeight,
    int left,
    int top,
    int window,
    boolean flipped) {

  /** The least fraction of an object's box that must lie in a crop for training. */
  private static final double LEAST_SHARE = 0.5;

  /**
   * Checks the sizes.
   *
   * @param width the image's width in pixels
   * @param height the image's height in pixels
   * @param rescaledWidth its width after rescaling
   * @param rescaledHeight its height after rescaling
   * @param left the window's left edge in the rescaled image, before flipping
   * @param top the window's top edge
   * @param window the window's side in pixels
   * @param flipped whether the window is flipped horizontally
   */
  public CropFrame {
    if (width < 1 || height < 1 || rescaledWidth < 1 || rescaledHeight < 1 || window < 1) {
      throw new VerydeepException(
          "Image %d x %d, rescaled %d x %d, window %d: each size must be 1 or more."
              .formatted(width, height, rescaledWidth, rescaledHeight, window));
    }
  }

  /**
   * Returns the frame of a training example: the crop that {@link Batches} takes for the same draw.
   *
   * @param width the image's width in pixels
   * @param height the image's height in pixels
   * @param draw S, the position of the crop, and whether it is flipped
   * @param window the side of the network's input in pixels
   * @return the frame
   */
  public static CropFrame of(int width, int height, Draw draw, int window) {
    int smallest = Math.min(width, height);
    int wide = RgbImage.rescaled(width, draw.scale(), smallest);
    int high = RgbImage.rescaled(height, draw.scale(), smallest);
    return new CropFrame(
        width,
        height,
        wide,
        high,
        draw.left(wide, window),
        draw.top(high, window),
        window,
        draw.flipped());
  }

  /**
   * Returns the frame of the center crop, not flipped: the same as {@code
   * image.rescale(scale).centerCrop(window)}.
   *
   * @param width the image's width in pixels
   * @param height the image's height in pixels
   * @param scale Q, the shorter side after rescaling
   * @param window the side of the network's input in pixels
   * @return the frame
   */
  public static CropFrame center(int width, int height, int scale, int window) {
    return of(width, height, new Draw(scale, 0.5, 0.5, false, 0, 0, 0), window);
  }

  /**
   * Returns the frame of a window of dense testing: what one place of the score map sees (section
   * 3.2).
   *
   * @param width the image's width in pixels
   * @param height the image's height in pixels
   * @param scale Q, the shorter side after rescaling
   * @param x the window's left edge in the image as the network saw it, rescaled and perhaps
   *     flipped
   * @param y the window's top edge
   * @param window the side of the network's input in pixels
   * @param flipped whether the network saw the flipped image
   * @return the frame
   */
  public static CropFrame place(
      int width, int height, int scale, int x, int y, int window, boolean flipped) {
    int smallest = Math.min(width, height);
    int wide = RgbImage.rescaled(width, scale, smallest);
    int high = RgbImage.rescaled(height, scale, smallest);
    int left = flipped ? wide - x - window : x;
    return new CropFrame(width, height, wide, high, left, y, window, flipped);
  }

  /**
   * Converts a box of the image to pixels of the window; it may extend beyond the window.
   *
   * @param box a box in pixels of the image
   * @return the box in pixels of the window
   */
  public BoundingBox toWindow(BoundingBox box) {
    BoundingBox inside =
        box.scaled((double) rescaledWidth / width, (double) rescaledHeight / height)
            .translated(-left, -top);
    return flipped ? inside.flipped(window) : inside;
  }

  /**
   * Converts a box in pixels of the window to pixels of the image; it may extend beyond the image.
   *
   * @param box a box in pixels of the window
   * @return the box in pixels of the image
   */
  public BoundingBox toImage(BoundingBox box) {
    BoundingBox upright = flipped ? box.flipped(window) : box;
    return upright
        .translated(left, top)
        .scaled((double) width / rescaledWidth, (double) height / rescaledHeight);
  }

  /**
   * Returns the network's target for an object in this crop: the part of its box that lies in the
   * window. A crop with less than half of the box is not used for training.
   *
   * @param box the object's, in pixels of the image
   * @return empty if less than half of the box's area lies in the window
   */
  public Optional<BoxTarget> target(BoundingBox box) {
    BoundingBox whole = toWindow(box);
    BoundingBox seen = whole.clip(window, window);
    if (seen.area() < LEAST_SHARE * whole.area() || seen.area() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new BoxTarget(
            seen.centerX() / window,
            seen.centerY() / window,
            seen.width() / window,
            seen.height() / window));
  }

  /**
   * Converts a network's output for this crop to a box of the image.
   *
   * @param target its four numbers; a width or height below 0 counts as 0
   * @return the box; it may extend beyond the image
   */
  public BoundingBox toImage(BoxTarget target) {
    return toImage(target.inWindow(window));
  }
}
