package verydeep.training;

/** A training was asked for that cannot be done, or went wrong; the message says what and why. */
public class TrainingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was given, what is allowed, and where
   */
  public TrainingException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what was given, what is allowed, and where
   * @param cause what led to it
   */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
