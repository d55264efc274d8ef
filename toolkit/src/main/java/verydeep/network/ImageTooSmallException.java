package verydeep.network;

import verydeep.VerydeepException;

/** Thrown when an image is smaller than the network's window. */
public final class ImageTooSmallException extends VerydeepException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param height the image's height in pixels
   * @param width the image's width in pixels
   * @param smallest the smallest side the network accepts, in pixels
   * @param network the network's name
   */
  public ImageTooSmallException(int height, int width, int smallest, String network) {
    super(
        "An image of "
            + width
            + "x"
            + height
            + " pixels is smaller than the window of "
            + network
            + ", which needs "
            + smallest
            + " pixels or more on each side. Use a larger scale.");
  }
}
