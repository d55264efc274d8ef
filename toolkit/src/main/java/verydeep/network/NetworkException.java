package verydeep.network;

/** A network was asked for that cannot be, or something of a network that it does not have. */
public class NetworkException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was given, what is allowed, and where
   */
  public NetworkException(String message) {
    super(message);
  }
}
