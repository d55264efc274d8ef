package verydeep.training;

import verydeep.VerydeepException;

/**
 * The factor of the loss in mixed precision (Micikevicius et al. 2018, section 3.2): a power of
 * two, halved when a gradient overflows and doubled after a long time without overflow.
 */
final class LossScale {

  static final float FIRST = 65_536;

  /** Steps without overflow before the scale doubles; the usual number. */
  private static final int PATIENCE = 2000;

  private float value;
  private int since;

  /** Returns the scale for a precision; always 1 in 32 bits. */
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

  /** Returns the number of steps since the scale changed. */
  int since() {
    return since;
  }

  /**
   * Updates the scale after a step.
   *
   * @param finite whether all gradients were finite
   * @throws VerydeepException if gradients overflow even unscaled
   */
  void observe(boolean finite) {
    if (!finite) {
      if (value <= 1) {
        throw new VerydeepException(
            "Gradients overflow 16 bits even at a loss scale of 1. Lower the learning rate, or use"
                + " float32.");
      }
      value /= 2;
      since = 0;
    } else if (++since >= PATIENCE && value < 1 << 24) {
      value *= 2;
      since = 0;
    }
  }
}
