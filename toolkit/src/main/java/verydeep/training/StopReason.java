package verydeep.training;

/** The reason why a training stopped. */
public enum StopReason {
  /** The recipe's last epoch was completed. */
  LAST_EPOCH("after its last epoch"),
  /** The validation accuracy stopped improving after the last drop of the learning rate too. */
  PLATEAU("because validation accuracy stopped improving after the last drop of the learning rate"),
  /** The thread was interrupted; the result holds everything trained so far. */
  INTERRUPTED("because it was interrupted");

  private final String words;

  StopReason(String words) {
    this.words = words;
  }

  /** Returns the reason in words. */
  @Override
  public String toString() {
    return words;
  }
}
