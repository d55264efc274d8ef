package verydeep.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import verydeep.VerydeepException;

/** The parts of an image that the network is shown in testing (section 3.2). */
public sealed interface View extends Serializable {

  /**
   * Returns the parts of an image that the network is shown.
   *
   * @param image the whole image, its smallest side rescaled to Q pixels
   * @param window the side of the square that the network was trained on, in pixels
   * @return one or more images, whose class posteriors have equal weight
   */
  List<RgbImage> of(RgbImage image, int window);

  /**
   * Returns whether the flipped images are shown too, unless the caller decides otherwise.
   *
   * @return the default of the test protocol
   */
  boolean flippedByDefault();

  /**
   * Returns the center crop: one view, as most published accuracies are measured. Without the
   * flipped image unless requested.
   *
   * @return the view
   */
  static View centerCrop() {
    return new CenterCrop();
  }

  /**
   * Returns the dense view: the whole, uncropped image goes through the fully convolutional form,
   * and the class scores are averaged over space. With the flipped image, as in the paper.
   *
   * @return the view
   */
  static View dense() {
    return new Dense();
  }

  /**
   * Returns the multi-crop view: crops of the network's window on a regular 5x5 grid, the outermost
   * touching the image's edges; the class posteriors of all crops are averaged. With the flipped
   * images, as in the paper: 50 views per scale (section 3.2).
   *
   * @return the view
   */
  static View multiCrop() {
    return new MultiCrop(5);
  }

  /**
   * Returns how many parts of each image are shown, not counting flips.
   *
   * @return 1, except for crops on a grid
   */
  default int parts() {
    return 1;
  }

  /**
   * The view of {@link #multiCrop()}.
   *
   * @param grid crops in a row and in a column, 2 or more
   */
  record MultiCrop(int grid) implements View {

    /**
     * Checks the grid.
     *
     * @param grid crops in a row and in a column, 2 or more
     */
    public MultiCrop {
      if (grid < 2 || grid > 100) {
        throw new VerydeepException(
            "The grid of crops is " + grid + "x" + grid + "; it must be from 2x2 to 100x100.");
      }
    }

    @Override
    public List<RgbImage> of(RgbImage image, int window) {
      List<RgbImage> crops = new ArrayList<>();
      for (int row = 0; row < grid; row++) {
        int y = place(row, image.height(), window);
        for (int column = 0; column < grid; column++) {
          crops.add(image.crop(place(column, image.width(), window), y, window, window));
        }
      }
      return crops;
    }

    /**
     * Returns where a crop begins: evenly spaced from edge to edge, rounded to the nearest pixel,
     * halves up.
     *
     * @param index the crop's row or column, counted from 0
     * @param length the image's side in pixels
     * @param window the crop's side in pixels
     * @return the x or y coordinate of the crop's first edge
     */
    public int place(int index, int length, int window) {
      return (int) Math.floor((double) index * (length - window) / (grid - 1) + 0.5);
    }

    @Override
    public boolean flippedByDefault() {
      return true;
    }

    @Override
    public int parts() {
      return grid * grid;
    }

    @Override
    public String toString() {
      return "multi-crop " + grid + "x" + grid;
    }
  }

  /** The view of {@link #centerCrop()}. */
  record CenterCrop() implements View {
    @Override
    public List<RgbImage> of(RgbImage image, int window) {
      return List.of(image.centerCrop(window));
    }

    @Override
    public boolean flippedByDefault() {
      return false;
    }

    @Override
    public String toString() {
      return "center crop";
    }
  }

  /** The view of {@link #dense()}. */
  record Dense() implements View {
    @Override
    public List<RgbImage> of(RgbImage image, int window) {
      return List.of(image);
    }

    @Override
    public boolean flippedByDefault() {
      return true;
    }

    @Override
    public String toString() {
      return "dense";
    }
  }
}
