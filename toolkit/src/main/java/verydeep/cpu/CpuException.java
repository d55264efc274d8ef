package verydeep.cpu;

/** This arithmetic cannot run here; the message says what is missing and what helps. */
public final class CpuException extends UnsupportedOperationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was asked for, what is missing, and what helps
   */
  public CpuException(String message) {
    super(message);
  }
}
