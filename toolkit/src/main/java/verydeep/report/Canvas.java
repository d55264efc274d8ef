package verydeep.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.knowm.xchart.internal.chartpart.Chart;

/** A white sheet with a title and a line below it; what is drawn becomes a {@link Figure}. */
final class Canvas {

  /** Where the content begins, below title and subtitle. */
  static final int TOP = 52;

  private static final int MARGIN = 12;

  private final String title;
  private final BufferedImage image;
  private final Graphics2D graphics;

  /** A sheet of so many units; each is {@code scale} pixels. */
  Canvas(String title, String subtitle, int width, int height, int scale) {
    this.title = title;
    this.image = new BufferedImage(scale * width, scale * height, BufferedImage.TYPE_INT_RGB);
    this.graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(scale, scale);
    int room = width - 2 * MARGIN;
    text(fitted(title, Style.TITLE, room), MARGIN, 24, Style.TITLE, Style.INK);
    text(fitted(subtitle, Style.TEXT, room), MARGIN, 42, Style.TEXT, Style.FAINT);
  }

  Graphics2D graphics() {
    return graphics;
  }

  /** Draws a chart with its upper left corner at (x, y). */
  void chart(Chart<?, ?> chart, int x, int y, int width, int height) {
    Graphics2D place = (Graphics2D) graphics.create();
    place.translate(x, y);
    place.clipRect(0, 0, width, height);
    chart.paint(place, width, height);
    place.dispose();
  }

  void text(String text, double x, double baseline, Font font, Color color) {
    graphics.setFont(font);
    graphics.setColor(color);
    graphics.drawString(text, (float) x, (float) baseline);
  }

  void textEndingAt(String text, double x, double baseline, Font font, Color color) {
    text(text, x - width(text, font), baseline, font, color);
  }

  void textCentredAt(String text, double x, double baseline, Font font, Color color) {
    text(text, x - width(text, font) / 2.0, baseline, font, color);
  }

  int width(String text, Font font) {
    return metrics(font).stringWidth(text);
  }

  FontMetrics metrics(Font font) {
    return graphics.getFontMetrics(font);
  }

  /** The text, its end cut off if it is longer than this. */
  String fitted(String text, Font font, int room) {
    if (width(text, font) <= room) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + "…", font) > room) {
      end--;
    }
    return text.substring(0, end).stripTrailing() + "…";
  }

  Figure figure() {
    graphics.dispose();
    return new Figure(title, image);
  }
}
