package verydeep.evaluation;

import java.util.ArrayList;
import java.util.List;
import verydeep.data.Picture;

/** What of a picture the network is shown in testing (section 3.2). */
public sealed interface View {

  /**
   * The parts of a picture that the network is shown.
   *
   * @param picture the whole picture, its smallest side rescaled to Q pixels
   * @param window the side of the square that the network was trained on, in pixels
   * @return one or more pictures, whose class posteriors count alike
   */
  List<Picture> of(Picture picture, int window);

  /**
   * Whether the mirror images are shown too, unless the caller says otherwise.
   *
   * @return as the protocol has it
   */
  boolean mirroredByDefault();

  /**
   * The square in the picture's middle: one look, as most published accuracies are measured.
   * Without its mirror image unless asked for.
   *
   * @return the view
   */
  static View centreCrop() {
    return new CentreCrop();
  }

  /**
   * The whole picture, uncropped, through the fully convolutional form; the class scores are
   * averaged over space. With its mirror image, as in the paper.
   *
   * @return the view
   */
  static View dense() {
    return new Dense();
  }

  /**
   * Crops of the network's window on a regular grid of 5x5, the first and last of which touch the
   * picture's edges; the class posteriors of all crops are averaged. With the mirror images, as in
   * the paper: 50 looks a scale (section 3.2).
   *
   * @return the view
   */
  static View multiCrop() {
    return new MultiCrop(5);
  }

  /**
   * How many parts of each picture are shown, before mirror images.
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

    /** Checks the grid. */
    public MultiCrop {
      if (grid < 2 || grid > 100) {
        throw new EvaluationException(
            "The grid of crops is " + grid + "x" + grid + "; it must be from 2x2 to 100x100.");
      }
    }

    @Override
    public List<Picture> of(Picture picture, int window) {
      List<Picture> crops = new ArrayList<>();
      for (int row = 0; row < grid; row++) {
        int y = place(row, picture.height(), window);
        for (int column = 0; column < grid; column++) {
          crops.add(picture.crop(place(column, picture.width(), window), y, window, window));
        }
      }
      return crops;
    }

    /** Evenly spaced from edge to edge, rounded to the nearest pixel, halves up. */
    int place(int index, int length, int window) {
      return (int) Math.floor((double) index * (length - window) / (grid - 1) + 0.5);
    }

    @Override
    public boolean mirroredByDefault() {
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

  /** {@link #centreCrop()}. */
  record CentreCrop() implements View {
    @Override
    public List<Picture> of(Picture picture, int window) {
      return List.of(picture.centreCrop(window));
    }

    @Override
    public boolean mirroredByDefault() {
      return false;
    }

    @Override
    public String toString() {
      return "centre crop";
    }
  }

  /** {@link #dense()}. */
  record Dense() implements View {
    @Override
    public List<Picture> of(Picture picture, int window) {
      return List.of(picture);
    }

    @Override
    public boolean mirroredByDefault() {
      return true;
    }

    @Override
    public String toString() {
      return "dense";
    }
  }
}
