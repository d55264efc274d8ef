package verydeep.data;

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
   * Returns the left edge of a crop; every position is equally likely.
   *
   * @param width the image's width in pixels
   * @param window the crop's side in pixels
   * @return the x coordinate of the edge
   */
  public int left(int width, int window) {
    return place(x, width, window);
  }

  /**
   * Returns the top edge of a crop; every position is equally likely.
   *
   * @param height the image's height in pixels
   * @param window the crop's side in pixels
   * @return the y coordinate of the edge
   */
  public int top(int height, int window) {
    return place(y, height, window);
  }

  private static int place(double fraction, int length, int window) {
    return fraction == 0.5
        ? RgbImage.centered(length, window)
        : (int) (fraction * (length - window + 1));
  }
}
