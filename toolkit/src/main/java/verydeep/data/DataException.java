package verydeep.data;

/** Images are missing, unreadable or do not fit the request. The message names what and where. */
public class DataException extends RuntimeException {
  /**
   * An error of the data.
   *
   * @param message what was given, what is allowed, and where
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * An error of the data that another error caused.
   *
   * @param message what was given, what is allowed, and where
   * @param cause the error below, may be null
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
