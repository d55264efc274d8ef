package verydeep.training;

/** The number format that a training computes in. */
public enum Precision {
  /** Everything in 32 bits, as in the paper. The default. */
  FLOAT32("float32"),

  /**
   * 32 bits, except that convolutions and fully connected layers on a GPU round their inputs to 11
   * significant bits before multiplying: two to three times as fast on GPUs of 2020 and later,
   * which have units for it. Elsewhere the same as {@link #FLOAT32}.
   */
  TF32("TF32"),

  /**
   * Convolutions and fully connected layers in 16 bits; weights, loss and steps in 32 bits; the
   * loss is scaled so that small gradients do not vanish (Micikevicius et al. 2018). For GPUs with
   * tensor cores; on a CPU it works but is many times slower than {@link #FLOAT32}.
   */
  MIXED("mixed precision");

  private final String words;

  Precision(String words) {
    this.words = words;
  }

  /** Returns the precision in words. */
  @Override
  public String toString() {
    return words;
  }
}
