package verydeep.evaluation;

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
