package verydeep.localization;

/**
 * A localization was asked for that cannot be done; the message says what was given and what is
 * allowed.
 */
public final class LocalizationException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was given, what is allowed, and where
   */
  public LocalizationException(String message) {
    super(message);
  }
}
