package verydeep.data;

import java.util.ArrayList;
import java.util.List;
import verydeep.VerydeepException;

/** What of an image the network is shown in testing (section 3.2). */
public sealed interface View {

  /**
   * The parts of an image that the network is shown.
   *
   * @param image the whole image, its smallest side rescaled to Q pixels
   * @param window the side of the square that the network was trained on, in pixels
   * @return one or more images, whose class posteriors count alike
   */
  List<RgbImage> of(RgbImage image, int window);

  /**
   * Whether the flipped images are shown too, unless the caller says otherwise.
   *
   * @return as the protocol has it
   */
  boolean flippedByDefault();

  /**
   * The square in the image's middle: one view, as most published accuracies are measured. Without
   * its flipped image unless asked for.
   *
   * @return the view
   */
  static View centerCrop() {
    return new CenterCrop();
  }

  /**
   * The whole image, uncropped, through the fully convolutional form; the class scores are averaged
   * over space. With its flipped image, as in the paper.
   *
   * @return the view
   */
  static View dense() {
    return new Dense();
  }

  /**
   * Crops of the network's window on a regular grid of 5x5, the first and last of which touch the
   * image's edges; the class posteriors of all crops are averaged. With the flipped images, as in
   * the paper: 50 views a scale (section 3.2).
   *
   * @return the view
   */
  static View multiCrop() {
    return new MultiCrop(5);
  }

  /**
   * How many parts of each image are shown, before flipped images.
   *
   * @return 1 but for crops on a grid
   */
  default int parts() {
    return 1;
  }

  /**
   * {@link #multiCrop()}.
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
     * Where a crop begins: evenly spaced from edge to edge, rounded to the nearest pixel, halves
     * up.
     *
     * @param index the crop's row or column, counted from 0
     * @param length of the image's side, pixels
     * @param window the crop's side, pixels
     * @return x or y of the crop's first edge
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

  /** {@link #centerCrop()}. */
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

  /** {@link #dense()}. */
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
