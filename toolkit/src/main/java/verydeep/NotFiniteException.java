package verydeep;

/**
 * Thrown when a network's activation is infinite or NaN. The message names the image and the first
 * such layer.
 */
public final class NotFiniteException extends VerydeepException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message names the image and the layer
   */
  public NotFiniteException(String message) {
    super(message);
  }
}
