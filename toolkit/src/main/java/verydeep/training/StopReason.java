package verydeep.training;

/** Why a training ended. */
public enum StopReason {
  /** The recipe's last epoch was done. */
  LAST_EPOCH("its last epoch was done"),
  /** The validation accuracy did not improve after the last fall of the learning rate either. */
  PLATEAU("the validation accuracy stood still after the last fall of the learning rate"),
  /** The thread was interrupted; what was trained until then is kept. */
  INTERRUPTED("it was interrupted");

  private final String words;

  StopReason(String words) {
    this.words = words;
  }

  /** The reason in words. */
  @Override
  public String toString() {
    return words;
  }
}
