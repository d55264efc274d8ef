package verydeep.network;

import verydeep.VerydeepException;

/**
 * The shape of a layer's output for one image: so many maps (channels) of height times width.
 *
 * @param channels number of maps, at least 1
 * @param height rows of a map, at least 1
 * @param width columns of a map, at least 1
 */
public record MapShape(int channels, int height, int width) {

  /**
   * Checks the sizes.
   *
   * @param channels number of maps, at least 1
   * @param height rows of a map, at least 1
   * @param width columns of a map, at least 1
   */
  public MapShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new VerydeepException(
          "A layer's output has at least one channel, row and column; this one would have "
              + channels
              + "x"
              + height
              + "x"
              + width
              + ".");
    }
  }

  /**
   * How many numbers the maps hold.
   *
   * @return channels times height times width
   */
  public long size() {
    return (long) channels * height * width;
  }

  /** {@code 64x224x224}. */
  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
