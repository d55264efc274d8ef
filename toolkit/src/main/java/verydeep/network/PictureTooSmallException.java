package verydeep.network;

/** A picture is smaller than the window that the network looks through. */
public final class PictureTooSmallException extends NetworkException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param height the picture's height in pixels
   * @param width the picture's width in pixels
   * @param smallest the smallest side that the network takes, in pixels
   * @param network the network's headline
   */
  public PictureTooSmallException(int height, int width, int smallest, String network) {
    super(
        "A picture of "
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
