package verydeep.network;

import verydeep.VerydeepException;

/**
 * The shape of a layer's output for one image: a number of maps (channels) of height times width.
 *
 * @param channels the number of maps, at least 1
 * @param height the number of rows, at least 1
 * @param width the number of columns, at least 1
 */
public record MapShape(int channels, int height, int width) {

  /**
   * Checks the sizes.
   *
   * @param channels the number of maps, at least 1
   * @param height the number of rows, at least 1
   * @param width the number of columns, at least 1
   */
  public MapShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new VerydeepException(
          "A layer's output needs at least one channel, row and column; this one would be "
              + channels
              + "x"
              + height
              + "x"
              + width
              + ".");
    }
  }

  /**
   * Returns how many numbers the maps hold.
   *
   * @return channels times height times width
   */
  public long size() {
    return (long) channels * height * width;
  }

  /** Returns text such as {@code 64x224x224}. */
  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
