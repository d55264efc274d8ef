package verydeep.transfer;

/** Features or a classifier were asked for that cannot be; the message says why. */
public final class TransferException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was given, what is allowed, and where
   */
  public TransferException(String message) {
    super(message);
  }
}
