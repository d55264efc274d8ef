package verydeep.evaluation;

/**
 * A test was asked for that cannot be done; the message says what was given and what is allowed.
 */
public class EvaluationException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was given, what is allowed, and where
   */
  public EvaluationException(String message) {
    super(message);
  }
}
