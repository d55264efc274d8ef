package verydeep;

/**
 * Thrown when a request cannot be met or an operation fails. The message says what was given, what
 * is allowed, and where. All exceptions of the toolkit are of this type; those a program may want
 * to handle separately have their own subtypes.
 */
public class VerydeepException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was given, what is allowed, and where
   */
  public VerydeepException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what was given, what is allowed, and where
   * @param cause the underlying exception; may be null
   */
  public VerydeepException(String message, Throwable cause) {
    super(message, cause);
  }
}
