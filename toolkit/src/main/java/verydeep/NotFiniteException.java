package verydeep;

/**
 * A network's activation is infinite or not a number; the message names the image and the first
 * such layer.
 */
public final class NotFiniteException extends VerydeepException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message which image, and which layer
   */
  public NotFiniteException(String message) {
    super(message);
  }
}
