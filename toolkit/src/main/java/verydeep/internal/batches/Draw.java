package verydeep.internal.batches;

import java.util.SplittableRandom;
import verydeep.data.Augmentation;
import verydeep.data.TrainingScale;
import verydeep.internal.images.RandomStreams;

/**
 * The random draws for one example in one epoch (section 3.1).
 *
 * @param scale S, the smallest side to rescale to, pixels
 * @param x the horizontal position of the crop, in [0, 1); exactly 0.5 is the center
 * @param y the vertical position of the crop, in [0, 1); exactly 0.5 is the center
 * @param flipped whether left and right are swapped
 * @param a1 the random factor of the first principal axis of color
 * @param a2 the random factor of the second axis
 * @param a3 the random factor of the third axis
 */
public record Draw(
    int scale, double x, double y, boolean flipped, double a1, double a2, double a3) {

  /**
   * Makes the draws for an example in an epoch, both counted from 0: always the same for the same
   * arguments. Switching a part of the augmentation off leaves the others as they are.
   */
  public static Draw of(
      Augmentation augmentation, TrainingScale scale, long seed, int epoch, int index) {
    SplittableRandom random = RandomStreams.random(seed, epoch, index);
    int side = side(scale, random.nextDouble());
    double x = random.nextDouble();
    double y = random.nextDouble();
    boolean flipped = random.nextDouble() < 0.5;
    double[] along = {normal(random), normal(random), normal(random)};
    return new Draw(
        side,
        augmentation.randomCrop() ? x : 0.5,
        augmentation.randomCrop() ? y : 0.5,
        augmentation.flip() && flipped,
        shift(augmentation, along[0]),
        shift(augmentation, along[1]),
        shift(augmentation, along[2]));
  }

  /** Returns the side that a number in [0, 1) stands for; each is equally likely. */
  static int side(TrainingScale scale, double uniform) {
    return scale.smallest() + (int) (uniform * (scale.largest() - scale.smallest() + 1));
  }

  /** Returns the factor of a shift: zero rather than minus zero where colors do not shift. */
  private static double shift(Augmentation augmentation, double normal) {
    return augmentation.colorShift() == 0 ? 0 : augmentation.colorShift() * normal;
  }

  /**
   * Returns a normally distributed number by the Box-Muller transform, in strict arithmetic: bit
   * for bit the same on every machine and JDK.
   */
  private static double normal(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  /** Returns the left edge of a crop in an image of a width; every position is equally likely. */
  public int left(int width, int window) {
    return place(x, width, window);
  }

  /** Returns the top edge of a crop in an image of a height; every position is equally likely. */
  public int top(int height, int window) {
    return place(y, height, window);
  }

  /** Returns the edge of a crop; that of the center crop is torchvision's. */
  private static int place(double fraction, int length, int window) {
    return fraction == 0.5
        ? (int) Math.rint((length - window) / 2.0)
        : (int) (fraction * (length - window + 1));
  }
}
