package verydeep.data;

/**
 * What chance decided for one example in one epoch (section 3.1).
 *
 * @param scale S, the smallest side to rescale to, pixels
 * @param x where the crop lies from left to right, in [0, 1); exactly 0.5 is the center
 * @param y where the crop lies from top to bottom, in [0, 1); exactly 0.5 is the center
 * @param flipped whether left and right are exchanged
 * @param a1 how far to go along the first principal axis of color
 * @param a2 how far along the second
 * @param a3 how far along the third
 */
public record Draw(
    int scale, double x, double y, boolean flipped, double a1, double a2, double a3) {

  /**
   * Left edge of a crop: every place is equally likely.
   *
   * @param width of the image, pixels
   * @param window the crop's side, pixels
   * @return x of the edge
   */
  public int left(int width, int window) {
    return place(x, width, window);
  }

  /**
   * Upper edge of a crop: every place is equally likely.
   *
   * @param height of the image, pixels
   * @param window the crop's side, pixels
   * @return y of the edge
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
