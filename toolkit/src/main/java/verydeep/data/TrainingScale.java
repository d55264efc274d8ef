package verydeep.data;

import verydeep.VerydeepException;

/**
 * S of section 3.1: the smallest side to which a training image is rescaled before it is cropped.
 */
public sealed interface TrainingScale {
  /** {@return the smallest S that can be drawn, pixels} */
  int smallest();

  /** {@return the largest S that can be drawn, pixels} */
  int largest();

  /**
   * Single-scale training: every image to the same S. The paper's are 256 and 384.
   *
   * @param side S in pixels
   * @return a scale that always draws this S
   */
  static TrainingScale fixed(int side) {
    return new Fixed(side);
  }

  /**
   * Scale jitter: S drawn for each image, each time, uniformly from the integers of [smallest,
   * largest]. The paper's is [256, 512].
   *
   * @param smallest the least S, pixels
   * @param largest the greatest S, pixels
   * @return a scale that draws each S equally often
   */
  static TrainingScale jittered(int smallest, int largest) {
    return new Jittered(smallest, largest);
  }

  /**
   * One S or a range, from its ends.
   *
   * @param smallest pixels
   * @param largest pixels, included
   * @return fixed if both are the same
   */
  static TrainingScale of(int smallest, int largest) {
    return smallest == largest ? fixed(smallest) : jittered(smallest, largest);
  }

  /**
   * The S that a uniform random number stands for.
   *
   * @param uniform in [0, 1)
   * @return pixels
   */
  default int draw(double uniform) {
    return smallest() + (int) (uniform * (largest() - smallest() + 1));
  }

  /**
   * One S.
   *
   * @param side pixels
   */
  record Fixed(int side) implements TrainingScale {
    /**
     * Checks that there is a pixel.
     *
     * @param side pixels
     */
    public Fixed {
      if (side < 1) {
        throw new VerydeepException("S is at least 1 pixel, got " + side);
      }
    }

    @Override
    public int smallest() {
      return side;
    }

    @Override
    public int largest() {
      return side;
    }

    @Override
    public String toString() {
      return "S=" + side;
    }
  }

  /**
   * S from a range.
   *
   * @param smallest pixels
   * @param largest pixels, included
   */
  record Jittered(int smallest, int largest) implements TrainingScale {
    /**
     * Checks that the range is one.
     *
     * @param smallest pixels
     * @param largest pixels, included
     */
    public Jittered {
      if (smallest < 1 || largest < smallest || largest > 1 << 20) {
        throw new VerydeepException(
            "S from [%d, %d]: needs 1 <= smallest <= largest".formatted(smallest, largest));
      }
    }

    @Override
    public String toString() {
      return "S=[" + smallest + ";" + largest + "]";
    }
  }
}
