package verydeep;

/**
 * Something was asked for that cannot be done, or went wrong; the message says what was given, what
 * is allowed, and where. All exceptions of the toolkit are of this type; those that a program may
 * want to tell apart have types of their own.
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
   * @param cause what led to it; may be null
   */
  public VerydeepException(String message, Throwable cause) {
    super(message, cause);
  }
}
