package verydeep.localization;

import java.util.Optional;
import verydeep.VerydeepException;
import verydeep.data.BoundingBox;
import verydeep.data.Draw;
import verydeep.data.RgbImage;

/**
 * The way from an image to the square that a network sees: rescaled, cropped, perhaps flipped; and
 * for boxes the way back.
 *
 * @param width of the image, pixels
 * @param height of the image, pixels
 * @param rescaledWidth its width after rescaling
 * @param rescaledHeight its height after rescaling
 * @param left where the window begins in the rescaled image, before mirroring
 * @param top where it begins from above
 * @param window its side, pixels
 * @param flipped whether left and right are exchanged within it
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

  /** Of an object at least so much of the box must lie in a crop that is used for training. */
  private static final double LEAST_SHARE = 0.5;

  /**
   * Checks the sizes.
   *
   * @param width of the image, pixels
   * @param height of the image, pixels
   * @param rescaledWidth its width after rescaling
   * @param rescaledHeight its height after rescaling
   * @param left where the window begins in the rescaled image, before mirroring
   * @param top where it begins from above
   * @param window its side, pixels
   * @param flipped whether left and right are exchanged within it
   */
  public CropFrame {
    if (width < 1 || height < 1 || rescaledWidth < 1 || rescaledHeight < 1 || window < 1) {
      throw new VerydeepException(
          "an image of %d x %d pixels, rescaled to %d x %d, seen by a window of %d: 1 or more each"
              .formatted(width, height, rescaledWidth, rescaledHeight, window));
    }
  }

  /**
   * A training example: the crop that {@link Batches} takes by the same draw.
   *
   * @param width of the image, pixels
   * @param height of the image, pixels
   * @param draw S, the place of the crop, and whether it is flipped
   * @param window the side of the network's input, pixels
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
   * The center crop, not flipped: the same as {@code image.rescale(scale).centerCrop(window)}.
   *
   * @param width of the image, pixels
   * @param height of the image, pixels
   * @param scale Q, the smallest side after rescaling
   * @param window the side of the network's input, pixels
   * @return the frame
   */
  public static CropFrame center(int width, int height, int scale, int window) {
    return of(width, height, new Draw(scale, 0.5, 0.5, false, 0, 0, 0), window);
  }

  /**
   * A window of dense testing: what one place of the score map sees (section 3.2).
   *
   * @param width of the image, pixels
   * @param height of the image, pixels
   * @param scale Q, the smallest side after rescaling
   * @param x where the window begins in the image as the network saw it: rescaled and, if so,
   *     flipped
   * @param y where it begins from above
   * @param window the side of the network's input, pixels
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
   * A box of the image in pixels of the window; it may reach out of it.
   *
   * @param box in pixels of the image
   * @return in pixels of the window
   */
  public BoundingBox toWindow(BoundingBox box) {
    BoundingBox inside =
        box.scaled((double) rescaledWidth / width, (double) rescaledHeight / height)
            .translated(-left, -top);
    return flipped ? inside.flipped(window) : inside;
  }

  /**
   * A box in pixels of the window in pixels of the image; it may reach out of it.
   *
   * @param box in pixels of the window
   * @return in pixels of the image
   */
  public BoundingBox toImage(BoundingBox box) {
    BoundingBox upright = flipped ? box.flipped(window) : box;
    return upright
        .translated(left, top)
        .scaled((double) width / rescaledWidth, (double) height / rescaledHeight);
  }

  /**
   * What the network should say of an object in this crop: the part of its box that lies in the
   * window. A crop that has less than half of the box is not used for training.
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
   * What a network said of this crop, as a box of the image.
   *
   * @param target its four numbers; a width or height below 0 counts as 0
   * @return the box; it may reach out of the image
   */
  public BoundingBox toImage(BoxTarget target) {
    return toImage(target.inWindow(window));
  }
}
