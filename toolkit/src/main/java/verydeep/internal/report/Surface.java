package verydeep.internal.report;

import java.awt.AWTError;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import verydeep.VerydeepException;

/** What a canvas is drawn on: new pixels, or what someone else draws on, such as an SVG file. */
public final class Surface {

  private final int scale;
  private final Graphics2D given;
  private BufferedImage image;

  private Surface(int scale, Graphics2D given) {
    this.scale = scale;
    this.given = given;
  }

  /** An image with this many pixels for each unit of the layout. */
  public static Surface pixels(int scale) {
    return new Surface(scale, null);
  }

  /** Someone else's surface, in units of the layout. */
  public static Surface on(Graphics2D graphics) {
    return new Surface(1, graphics);
  }

  int scale() {
    return scale;
  }

  /** The pixels; none on someone else's surface. */
  BufferedImage image() {
    return image;
  }

  /** White, of this size in units of the layout. */
  Graphics2D open(int width, int height) {
    Graphics2D graphics;
    if (given == null) {
      image = new BufferedImage(scale * width, scale * height, BufferedImage.TYPE_INT_RGB);
      graphics = open(image);
      graphics.scale(scale, scale);
    } else {
      graphics = (Graphics2D) given.create();
    }
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    return graphics;
  }

  /** On a machine that cannot draw text, Java throws errors from its internals. */
  private static Graphics2D open(BufferedImage image) {
    try {
      Graphics2D graphics = image.createGraphics();
      graphics.getFontMetrics(Style.TEXT);
      return graphics;
    } catch (AWTError | InternalError | LinkageError | RuntimeException e) {
      throw new VerydeepException(
          "Java cannot draw text on this machine: it has no fonts (Debian, Ubuntu: apt install"
              + " fontconfig fonts-dejavu-core), or DISPLAY does not name a display"
              + " (java -Djava.awt.headless=true).",
          e);
    }
  }
}
