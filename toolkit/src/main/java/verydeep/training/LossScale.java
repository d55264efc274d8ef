package verydeep.training;

import verydeep.VerydeepException;

/**
 * What the loss is multiplied with in mixed precision (Micikevicius et al. 2018, section 3.2): a
 * power of two, halved when a gradient overflows, doubled after a long time without.
 */
final class LossScale {

  static final float FIRST = 65_536;

  /** Steps without an overflow before it is doubled, as usual. */
  private static final int PATIENCE = 2000;

  private float value;
  private int since;

  /** The scale of a precision; always 1 in 32 bits. */
  LossScale(Precision precision) {
    this(precision == Precision.MIXED ? FIRST : 1, 0);
  }

  LossScale(float value, int since) {
    this.value = value;
    this.since = since;
  }

  float value() {
    return value;
  }

  /** Steps since it changed. */
  int since() {
    return since;
  }

  /**
   * Learns how a step went.
   *
   * @param finite whether all gradients were finite
   * @throws VerydeepException if gradients overflow even unscaled
   */
  void observe(boolean finite) {
    if (!finite) {
      if (value <= 1) {
        throw new VerydeepException(
            "Gradients overflow 16 bits at a loss scale of 1; a lower learning rate usually helps,"
                + " or float32.");
      }
      value /= 2;
      since = 0;
    } else if (++since >= PATIENCE && value < 1 << 24) {
      value *= 2;
      since = 0;
    }
  }
}
