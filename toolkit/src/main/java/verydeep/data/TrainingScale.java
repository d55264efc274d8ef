package verydeep.data;

import verydeep.VerydeepException;

/**
 * The training scale S of section 3.1: the smallest side to which a training image is rescaled
 * before it is cropped.
 */
public sealed interface TrainingScale {
  /** {@return the smallest S that can be drawn, in pixels} */
  int smallest();

  /** {@return the largest S that can be drawn, in pixels} */
  int largest();

  /**
   * Returns a single scale: every image is rescaled to the same S. The paper uses 256 and 384.
   *
   * @param side S in pixels
   * @return a scale that always draws this S
   */
  static TrainingScale fixed(int side) {
    return new Fixed(side);
  }

  /**
   * Returns scale jitter: S is drawn for each image in each epoch, uniformly from the integers in
   * [smallest, largest]. The paper uses [256, 512].
   *
   * @param smallest the smallest S in pixels
   * @param largest the largest S in pixels
   * @return a scale that draws each S equally often
   */
  static TrainingScale jittered(int smallest, int largest) {
    return new Jittered(smallest, largest);
  }

  /**
   * Returns a single scale or a range, from its ends.
   *
   * @param smallest the smallest S in pixels
   * @param largest the largest S in pixels, inclusive
   * @return a fixed scale if both are the same
   */
  static TrainingScale of(int smallest, int largest) {
    return smallest == largest ? fixed(smallest) : jittered(smallest, largest);
  }

  /**
   * Returns the Q of a test at one scale (section 4.1).
   *
   * @return S if it was fixed, the middle of its range if it was jittered, pixels
   */
  default int testScale() {
    return (smallest() + largest()) / 2;
  }

  /**
   * Returns the three Q that are averaged in a test over several scales (section 4.2).
   *
   * <pre>{@code
   * var scales = jittered(256, 512).testScales(224); // 256, 384, 512
   * }</pre>
   *
   * @param input the side of the square that the network was trained on, pixels
   * @return S - 32, S and S + 32 if S was fixed and the input is 224, in proportion for others; the
   *     ends and the middle of its range if it was jittered
   */
  default int[] testScales(int input) {
    int step = smallest() == largest() ? (int) Math.round(32 / 224.0 * input) : 0;
    return new int[] {smallest() - step, testScale(), largest() + step};
  }

  /**
   * A single S.
   *
   * @param side S in pixels
   */
  record Fixed(int side) implements TrainingScale {
    /**
     * Checks that S is from 1 to 1048576 pixels.
     *
     * @param side S in pixels
     */
    public Fixed {
      if (side < 1 || side > 1 << 20) {
        throw new VerydeepException("S is " + side + "; it must be from 1 to 1048576 pixels.");
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
   * S drawn from a range.
   *
   * @param smallest the smallest S in pixels
   * @param largest the largest S in pixels, inclusive
   */
  record Jittered(int smallest, int largest) implements TrainingScale {
    /**
     * Checks that the range is valid.
     *
     * @param smallest the smallest S in pixels
     * @param largest the largest S in pixels, inclusive
     */
    public Jittered {
      if (smallest < 1 || largest < smallest || largest > 1 << 20) {
        throw new VerydeepException(
            "S is drawn from [%d, %d]; 1 <= smallest <= largest <= 1048576 is needed."
                .formatted(smallest, largest));
      }
    }

    @Override
    public String toString() {
      return "S=[" + smallest + ";" + largest + "]";
    }
  }
}
