package verydeep.report;

/** A table or image was asked for that cannot be made; the message says what and why. */
public final class ReportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was given, what is allowed, and where
   */
  public ReportException(String message) {
    super(message);
  }

  /**
   * Creates the exception from the one below it.
   *
   * @param message what was given, what is allowed, and where
   * @param cause the error below
   */
  public ReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
