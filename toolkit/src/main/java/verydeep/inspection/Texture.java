package verydeep.inspection;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import verydeep.VerydeepException;
import verydeep.data.RgbImage;

/** Images with a style of their own, drawn by a program, so that no license is needed. */
public final class Texture {

  private static final int LARGEST = 4096;

  private static final Color[] SEA = {
    new Color(0x0b, 0x2d, 0x5c), new Color(0x1f, 0x6f, 0xa8), new Color(0x7f, 0xc4, 0xd8),
    new Color(0xf4, 0xe9, 0xc9), new Color(0xe8, 0x9b, 0x3c), new Color(0xc8, 0x45, 0x2f)
  };

  private static final Color[] GLASS = {
    new Color(0xd7, 0x26, 0x3d), new Color(0xf4, 0xb9, 0x42), new Color(0x1b, 0x99, 0x8b),
    new Color(0x2e, 0x29, 0x4e), new Color(0xf2, 0xf0, 0xe6), new Color(0x3d, 0x7e, 0xbf)
  };

  private Texture() {}

  /**
   * Draws swirling strokes of blue, cream and orange.
   *
   * @param side the image's width and height in pixels, 16 to 4096
   * @param seed any number; the same one gives the same strokes
   * @return the image
   * @throws VerydeepException if the side is not allowed
   */
  public static RgbImage waves(int side, long seed) {
    BufferedImage image = blank(side);
    Graphics2D g = graphics(image);
    SplittableRandom random = new SplittableRandom(seed);
    double phase = 6 * random.nextDouble();
    g.setColor(SEA[1]);
    g.fillRect(0, 0, side, side);
    int strokes = 2400;
    for (int i = 0; i < strokes; i++) {
      double x = side * random.nextDouble();
      double y = side * random.nextDouble();
      g.setColor(SEA[random.nextInt(SEA.length)]);
      g.setStroke(stroke(side * (0.006 + 0.01 * random.nextDouble())));
      g.draw(stroke(x, y, side, phase));
    }
    g.dispose();
    return RgbImage.of(image);
  }

  /** A short way along a field that turns around several centers. */
  private static Path2D stroke(double fromX, double fromY, int side, double phase) {
    Path2D path = new Path2D.Double();
    path.moveTo(fromX, fromY);
    double x = fromX;
    double y = fromY;
    for (int k = 0; k < 12; k++) {
      double u = 9 * x / side;
      double v = 9 * y / side;
      double angle = 3 * Math.sin(u + phase) * Math.cos(v - phase) + Math.sin(0.5 * (u + v));
      x += 0.012 * side * Math.cos(angle);
      y += 0.012 * side * Math.sin(angle);
      path.lineTo(x, y);
    }
    return path;
  }

  /**
   * Draws a mosaic of colored glass with dark joints.
   *
   * @param side the image's width and height in pixels, 16 to 4096
   * @param seed any number; the same one gives the same mosaic
   * @return the image
   * @throws VerydeepException if the side is not allowed
   */
  public static RgbImage mosaic(int side, long seed) {
    BufferedImage image = blank(side);
    SplittableRandom random = new SplittableRandom(seed);
    int pieces = 90;
    double[] x = new double[pieces];
    double[] y = new double[pieces];
    Color[] colors = new Color[pieces];
    for (int i = 0; i < pieces; i++) {
      x[i] = side * random.nextDouble();
      y[i] = side * random.nextDouble();
      colors[i] = GLASS[random.nextInt(GLASS.length)];
    }
    double joint = 0.012 * side;
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        image.setRGB(column, row, glass(x, y, colors, column, row, joint).getRGB());
      }
    }
    return RgbImage.of(image);
  }

  private static Color glass(
      double[] x, double[] y, Color[] colors, int column, int row, double joint) {
    double nearest = Double.POSITIVE_INFINITY;
    double second = Double.POSITIVE_INFINITY;
    int piece = 0;
    for (int i = 0; i < x.length; i++) {
      double distance = Math.hypot(x[i] - column, y[i] - row);
      if (distance < nearest) {
        second = nearest;
        nearest = distance;
        piece = i;
      } else if (distance < second) {
        second = distance;
      }
    }
    return second - nearest < joint ? new Color(0x1a, 0x17, 0x14) : colors[piece];
  }

  private static BufferedImage blank(int side) {
    if (side < 16 || side > LARGEST) {
      throw new VerydeepException(
          "The side of a texture is %d pixels; it must be from 16 to %d.".formatted(side, LARGEST));
    }
    return new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
  }

  private static Graphics2D graphics(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    return g;
  }

  private static BasicStroke stroke(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }
}
