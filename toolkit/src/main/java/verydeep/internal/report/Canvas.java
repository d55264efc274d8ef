package verydeep.internal.report;

import java.awt.AWTError;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import verydeep.VerydeepException;

/** A white sheet with a title and a subtitle; what is drawn on it becomes a figure. */
public final class Canvas {

  /** Height of title and subtitle. */
  private static final int HEAD = 52;

  private static final int MARGIN = 12;

  private final String title;
  private final int top;
  private final BufferedImage image;
  private final Graphics2D graphics;
  private final int scale;

  /**
   * A sheet with room for content of this size, in units of {@code scale} pixels, below its head.
   */
  public Canvas(
      String title,
      String subtitle,
      List<Legend.Entry> legend,
      int width,
      int contentHeight,
      int scale) {
    int room = width - 2 * MARGIN;
    int rows = legend.isEmpty() ? 0 : Legend.draw(new Canvas(1), legend, 0, 0, room);
    this.title = title;
    this.scale = scale;
    this.top = HEAD + rows * Legend.ROW;
    this.image = blank(scale * width, scale * (top + contentHeight));
    this.graphics = graphics(image, scale);
    text(fitted(title, Style.TITLE, room), MARGIN, 24, Style.TITLE, Style.INK);
    text(fitted(subtitle, Style.TEXT, room), MARGIN, 42, Style.TEXT, Style.FAINT);
    Legend.draw(this, legend, MARGIN, HEAD + Legend.ROW / 2 - 2, room);
  }

  /** Only measures text. */
  public Canvas(int scale) {
    this.title = "";
    this.scale = scale;
    this.top = 0;
    this.image = blank(1, 1);
    this.graphics = graphics(image, scale);
  }

  private static BufferedImage blank(int width, int height) {
    return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
  }

  private static Graphics2D graphics(BufferedImage image, int scale) {
    Graphics2D graphics = open(image);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(scale, scale);
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

  /** Where the content begins, below the head. */
  public int top() {
    return top;
  }

  public Graphics2D graphics() {
    return graphics;
  }

  /** Draws a chart with its upper left corner at (x, y) of the content. */
  public void chart(Chart<?, ?> chart, int x, int y, int width, int height) {
    Graphics2D place = (Graphics2D) graphics.create();
    place.translate(x, top + y);
    place.clipRect(0, 0, width, height);
    chart.paint(place, width, height);
    place.dispose();
  }

  public void text(String text, double x, double baseline, Font font, Color color) {
    MissingGlyphs.tell(text, font);
    graphics.setFont(font);
    graphics.setColor(color);
    graphics.drawString(text, (float) x, (float) baseline);
  }

  public void textEndingAt(String text, double x, double baseline, Font font, Color color) {
    text(text, x - width(text, font), baseline, font, color);
  }

  public void textCenteredAt(String text, double x, double baseline, Font font, Color color) {
    text(text, x - width(text, font) / 2.0, baseline, font, color);
  }

  public int width(String text, Font font) {
    return metrics(font).stringWidth(text);
  }

  public FontMetrics metrics(Font font) {
    return graphics.getFontMetrics(font);
  }

  /** The text, cut off at the end if it is longer than this. */
  public String fitted(String text, Font font, int room) {
    if (width(text, font) <= room) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + "…", font) > room) {
      end--;
    }
    return text.substring(0, end).stripTrailing() + "…";
  }

  /**
   * The text, cut out in the middle if it is longer than this, so that names with one long
   * beginning can still be told apart.
   */
  public String shortened(String text, Font font, int room) {
    if (width(text, font) <= room) {
      return text;
    }
    int begin = text.length() / 2;
    int end = begin;
    while (begin > 0 && width(around(text, begin, end), font) > room) {
      if (begin > text.length() - end) {
        begin--;
      } else {
        end++;
      }
    }
    return around(text, begin, end);
  }

  private static String around(String text, int begin, int end) {
    return text.substring(0, begin).stripTrailing() + "…" + text.substring(end).stripLeading();
  }

  /** A class's name; if it is too long, without the synonyms after commas that do not fit. */
  public String name(String text, Font font, int room) {
    String name = text;
    while (width(name, font) > room && name.contains(", ")) {
      name = name.substring(0, name.lastIndexOf(", "));
    }
    return width(name, font) <= room ? name : shortened(text, font, room);
  }

  /**
   * The text in one or two lines, broken between words, cut out in the middle if it is still
   * longer.
   */
  public List<String> inTwoLines(String text, Font font, int room) {
    if (width(text, font) <= room) {
      return List.of(text);
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end), font) > room) {
      end = text.lastIndexOf(' ', end - 1);
    }
    return end <= 0
        ? List.of(shortened(text, font, room))
        : List.of(text.substring(0, end), shortened(text.substring(end + 1), font, room));
  }

  /** What is made of a finished sheet: {@code Figure::of}. */
  public interface Finish<T> {
    T of(String title, BufferedImage image, int density);
  }

  /** Ends the drawing. */
  public <T> T to(Finish<T> finish) {
    graphics.dispose();
    return finish.of(title, Palette.reduced(image), scale);
  }
}
