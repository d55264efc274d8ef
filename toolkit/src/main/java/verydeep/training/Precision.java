package verydeep.training;

/** In which numbers a training computes. */
public enum Precision {
  /** Everything in 32 bits, as the paper. The default. */
  FLOAT32("float32"),

  /**
   * Numbers of 32 bits, which convolutions and fully connected layers on a card round to 11
   * significant bits before they multiply them: two to three times as fast on cards of 2020 and
   * later, which have units for it. Elsewhere the same as {@link #FLOAT32}.
   */
  TF32("TF32"),

  /**
   * Convolutions and fully connected layers in 16 bits, weights, loss and steps in 32 bits, with a
   * loss that is scaled so that small gradients do not vanish (Micikevicius et al. 2018). For GPUs
   * with tensor cores; on a CPU it works, and is many times slower than {@link #FLOAT32}.
   */
  MIXED("mixed precision");

  private final String words;

  Precision(String words) {
    this.words = words;
  }

  /** In words. */
  @Override
  public String toString() {
    return words;
  }
}
