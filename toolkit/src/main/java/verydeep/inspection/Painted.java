package verydeep.inspection;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;

/** Copies of images with something changed. */
final class Painted {

  private Painted() {}

  /** With a square of one color, whose parts outside are cut off. */
  static RgbImage square(RgbImage image, int left, int top, int side, Rgb color) {
    BufferedImage copy = image.toBufferedImage();
    Graphics2D graphics = copy.createGraphics();
    graphics.setColor(color(color));
    graphics.fillRect(left, top, side, side);
    graphics.dispose();
    return RgbImage.of(copy);
  }

  /** With another image over it, whose parts outside are cut off. */
  static RgbImage over(RgbImage below, RgbImage above, int left, int top) {
    BufferedImage copy = below.toBufferedImage();
    Graphics2D graphics = copy.createGraphics();
    graphics.drawImage(above.toBufferedImage(), left, top, null);
    graphics.dispose();
    return RgbImage.of(copy);
  }

  /** As small as a few pixels and enlarged again, which leaves colors without edges. */
  static RgbImage blurred(RgbImage image) {
    int side = Math.max(1, Math.min(8, image.smallestSide()));
    return image.rescale(side).resize(image.width(), image.height());
  }

  /** All of one color. */
  static RgbImage plain(int width, int height, Rgb color) {
    byte[] rgb = new byte[3 * width * height];
    int[] levels = {level(color.red()), level(color.green()), level(color.blue())};
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) levels[i % 3];
    }
    return RgbImage.of(width, height, rgb);
  }

  private static Color color(Rgb color) {
    return new Color(level(color.red()), level(color.green()), level(color.blue()));
  }

  private static int level(double value) {
    return (int) Math.round(Math.max(0, Math.min(255, value)));
  }
}
