package verydeep.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import verydeep.VerydeepException;

/**
 * What the network is shown of each image: the view, the scales, and whether flipped images are
 * included.
 *
 * @param view which parts of an image are shown
 * @param scales one or more values of Q, the smallest side of the rescaled image in pixels
 * @param flipped whether the flipped images are shown too
 */
public record TestViews(View view, List<Integer> scales, boolean flipped) implements Serializable {

  /**
   * Checks the scales.
   *
   * @param view which parts of an image are shown
   * @param scales one or more values of Q, the smallest side of the rescaled image in pixels
   * @param flipped whether the flipped images are shown too
   */
  public TestViews {
    Objects.requireNonNull(view, "view");
    scales = List.copyOf(scales);
    if (scales.isEmpty() || scales.stream().anyMatch(q -> q < 1)) {
      throw new VerydeepException(
          "The scales are " + scales + "; one or more are needed, each at least 1 pixel.");
    }
  }

  /**
   * Returns the number of views per image.
   *
   * @return the view's parts, times the number of scales, times two with flipped images
   */
  public int count() {
    return view.parts() * scales.size() * (flipped ? 2 : 1);
  }

  /**
   * One view, ready for the network.
   *
   * @param scale Q, the smallest side of the rescaled image in pixels
   * @param flipped whether left and right are swapped
   * @param image what the network sees
   */
  public record Shown(int scale, boolean flipped, RgbImage image) {}

  /**
   * Returns the views of an image.
   *
   * @param images the images
   * @param index which one
   * @param window the side of the square that the network was trained on, in pixels
   * @return the views, in the order of the scales, each with its flipped image after it
   * @throws verydeep.data.UnreadableImageException if the image cannot be read, or is too long
   */
  public List<Shown> at(Images images, int index, int window) {
    return of(images.image(index), images.name(index), window);
  }

  /**
   * Returns the views of an image.
   *
   * @param whole the image
   * @param name what messages call it: its file, where it comes from one
   * @param window the side of the square that the network was trained on, in pixels
   * @return the views, in the order of the scales, each with its flipped image after it
   * @throws verydeep.data.UnreadableImageException if the image is too long
   */
  public List<Shown> of(RgbImage whole, String name, int window) {
    List<Shown> views = new ArrayList<>();
    for (int scale : scales) {
      if (scale < window) {
        throw new VerydeepException(
            "Scale Q="
                + scale
                + " is smaller than the network's window of "
                + window
                + " pixels; use "
                + window
                + " or more.");
      }
      for (RgbImage part : view.of(rescaled(whole, scale, name), window)) {
        views.add(new Shown(scale, false, part));
        if (flipped) {
          views.add(new Shown(scale, true, part.flip()));
        }
      }
    }
    return views;
  }

  /**
   * Rescales the image. A very long one may be too large at Q, and is then treated as unreadable.
   */
  private static RgbImage rescaled(RgbImage whole, int scale, String name) {
    try {
      return whole.rescale(scale);
    } catch (VerydeepException e) {
      throw new UnreadableImageException(
          name,
          "Its %d x %d pixels are too many at Q=%d. %s"
              .formatted(whole.width(), whole.height(), scale, e.getMessage()),
          e);
    }
  }

  /** Returns text such as {@code dense, Q=64,80,96, flipped}. */
  @Override
  public String toString() {
    String sides = String.join(",", scales.stream().map(String::valueOf).toList());
    return view + ", Q=" + sides + (flipped ? ", flipped" : "");
  }
}
