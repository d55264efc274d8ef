package verydeep.network;

import verydeep.VerydeepException;

/** An image is smaller than the window that the network looks through. */
public final class ImageTooSmallException extends VerydeepException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param height the image's height in pixels
   * @param width the image's width in pixels
   * @param smallest the smallest side that the network takes, in pixels
   * @param network the network's headline
   */
  public ImageTooSmallException(int height, int width, int smallest, String network) {
    super(
        "An image of "
            + width
            + "x"
            + height
            + " pixels is smaller than the window of "
            + network
            + ", which takes "
            + smallest
            + " pixels or more on each side; use a larger scale.");
  }
}
