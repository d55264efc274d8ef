package verydeep.data;

import verydeep.VerydeepException;

/**
 * The random changes made to a training image (section 3.1): where it is cropped, whether it is
 * flipped, and how its colors shift. What happens to an example depends only on (seed, epoch,
 * index), and switching one of the three off leaves the other two unchanged. Immutable.
 */
public final class Augmentation {
  /** The standard deviation in Krizhevsky et al. (2012), which the paper cites. */
  private static final double PAPER_SHIFT = 0.1;

  private final boolean randomCrop;
  private final boolean flip;
  private final double colorShift;

  private Augmentation(boolean randomCrop, boolean flip, double colorShift) {
    this.randomCrop = randomCrop;
    this.flip = flip;
    this.colorShift = colorShift;
  }

  /**
   * {@return the paper's augmentation: a random crop, a flip half of the time, and a color shift
   * with a std of 0.1}
   */
  public static Augmentation paper() {
    return new Augmentation(true, true, PAPER_SHIFT);
  }

  /** {@return no augmentation: a center crop, no flip, original colors} */
  public static Augmentation none() {
    return new Augmentation(false, false, 0);
  }

  /**
   * Sets whether half of the images are flipped; unsuitable for digits and letters.
   *
   * @param flip true to flip half of them, false to flip none
   * @return the changed augmentation
   */
  public Augmentation flip(boolean flip) {
    return new Augmentation(randomCrop, flip, colorShift);
  }

  /**
   * Sets how much colors shift; see {@link ColorStatistics#shift}.
   *
   * @param std standard deviation of the three normally distributed factors; 0 for no shift
   * @return the changed augmentation
   */
  public Augmentation colorShift(double std) {
    if (!(std >= 0) || Double.isInfinite(std)) {
      throw new VerydeepException(
          "The color shift's std is " + std + "; it must be finite and at least 0.");
    }
    return new Augmentation(randomCrop, flip, std);
  }

  /**
   * Sets whether crops are taken at random positions or in the center.
   *
   * @param randomCrop true for random positions, false for the center
   * @return the changed augmentation
   */
  public Augmentation randomCrop(boolean randomCrop) {
    return new Augmentation(randomCrop, flip, colorShift);
  }

  /** {@return whether images may be flipped} */
  public boolean flip() {
    return flip;
  }

  /** {@return the standard deviation of the color shift; 0 if colors do not shift} */
  public double colorShift() {
    return colorShift;
  }

  /** {@return whether crops are taken at random positions} */
  public boolean randomCrop() {
    return randomCrop;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Augmentation that
        && randomCrop == that.randomCrop
        && flip == that.flip
        && colorShift == that.colorShift;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(colorShift) * 4 + (flip ? 2 : 0) + (randomCrop ? 1 : 0);
  }

  @Override
  public String toString() {
    return (randomCrop ? "random crop" : "center crop")
        + (flip ? ", flip" : "")
        + (colorShift > 0 ? ", color shift " + colorShift : "");
  }
}
