package verydeep.data;

import java.util.SplittableRandom;
import verydeep.VerydeepException;

/**
 * What chance may do to a training image (section 3.1): where it is cropped, whether it is flipped,
 * how its colors shift. What happens to an example depends on (seed, epoch, index) alone, and
 * switching one of the three off leaves the others as they were. Immutable.
 */
public final class Augmentation {
  /** The standard deviation of Krizhevsky (2012), which the paper refers to. */
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
   * {@return the paper's augmentation: a random crop, a flipped image half of the time, a color
   * shift of std 0.1}
   */
  public static Augmentation paper() {
    return new Augmentation(true, true, PAPER_SHIFT);
  }

  /** {@return no augmentation: the crop in the center, no flipped image, true colors} */
  public static Augmentation none() {
    return new Augmentation(false, false, 0);
  }

  /**
   * Whether half of the images are flipped; not for digits or letters.
   *
   * @param flip true for half of them, false for none
   * @return the changed augmentation
   */
  public Augmentation flip(boolean flip) {
    return new Augmentation(randomCrop, flip, colorShift);
  }

  /**
   * How much colors shift, see {@link ColorStatistics#shift}.
   *
   * @param std standard deviation of the three normal numbers; 0 for no shift
   * @return the changed augmentation
   */
  public Augmentation colorShift(double std) {
    if (!(std >= 0) || Double.isInfinite(std)) {
      throw new VerydeepException("the color shift's std is 0 or more, got " + std);
    }
    return new Augmentation(randomCrop, flip, std);
  }

  /**
   * Whether a crop lies anywhere (true) or in the center (false).
   *
   * @param randomCrop true for anywhere, false for the center
   * @return the changed augmentation
   */
  public Augmentation randomCrop(boolean randomCrop) {
    return new Augmentation(randomCrop, flip, colorShift);
  }

  /** {@return whether images may be flipped} */
  public boolean flip() {
    return flip;
  }

  /** {@return the standard deviation of the color shift; 0 if colors stay} */
  public double colorShift() {
    return colorShift;
  }

  /** {@return whether a crop lies anywhere} */
  public boolean randomCrop() {
    return randomCrop;
  }

  /**
   * What chance decides for example {@code index} in an epoch.
   *
   * @param scale from which S is drawn
   * @param seed the training's seed
   * @param epoch which epoch, counted from 0
   * @param index the example's place among the images
   * @return the same for the same arguments
   */
  public Draw draw(TrainingScale scale, long seed, int epoch, int index) {
    SplittableRandom random = RandomStreams.random(seed, epoch, index);
    int side = scale.draw(random.nextDouble());
    double x = random.nextDouble();
    double y = random.nextDouble();
    boolean flipped = random.nextDouble() < 0.5;
    double[] along = {normal(random), normal(random), normal(random)};
    return new Draw(
        side,
        randomCrop ? x : 0.5,
        randomCrop ? y : 0.5,
        flip && flipped,
        shift(along[0]),
        shift(along[1]),
        shift(along[2]));
  }

  /** Zero rather than minus zero where colors stay. */
  private double shift(double normal) {
    return colorShift == 0 ? 0 : colorShift * normal;
  }

  /** Box and Muller's formula in strict arithmetic: the same bits on every machine and JDK. */
  private static double normal(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
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
