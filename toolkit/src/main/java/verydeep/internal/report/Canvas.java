package verydeep.internal.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.font.GlyphVector;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.chartpart.IChart;

/** A white sheet with a title and a subtitle; what is drawn on it becomes a figure. */
public final class Canvas {

  /** Height of title and subtitle. */
  private static final int HEAD = 52;

  private static final int MARGIN = 12;

  private final String title;
  private final int top;
  private final Surface surface;
  private final Graphics2D graphics;
  private final List<Chart<?, ?>> charts = new ArrayList<>();

  /**
   * A sheet of pixels, with room for content of this size, in units of {@code scale} pixels, below
   * its head.
   */
  public Canvas(
      String title,
      String subtitle,
      List<Legend.Entry> legend,
      int width,
      int contentHeight,
      int scale) {
    this(Surface.pixels(scale), title, subtitle, legend, width, contentHeight);
  }

  /** The same on any surface, in units of its layout. */
  public Canvas(
      Surface surface,
      String title,
      String subtitle,
      List<Legend.Entry> legend,
      int width,
      int contentHeight) {
    int room = width - 2 * MARGIN;
    int rows = legend.isEmpty() ? 0 : Legend.draw(new Canvas(1), legend, 0, 0, room);
    this.title = title;
    this.surface = surface;
    this.top = HEAD + rows * Legend.ROW;
    this.graphics = surface.open(width, top + contentHeight);
    text(fitted(title, Style.TITLE, room), MARGIN, 24, Style.TITLE, Style.INK);
    text(fitted(subtitle, Style.TEXT, room), MARGIN, 42, Style.TEXT, Style.FAINT);
    Legend.draw(this, legend, MARGIN, HEAD + Legend.ROW / 2 - 2, room);
  }

  /** A sheet that one chart fills, title and all. */
  public Canvas(Surface surface, String title, int width, int height) {
    this.title = title;
    this.surface = surface;
    this.top = 0;
    this.graphics = surface.open(width, height);
  }

  /** Only measures text. */
  public Canvas(int scale) {
    this(Surface.pixels(scale), "", 1, 1);
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
    charts.add(chart);
    Graphics2D place = (Graphics2D) graphics.create();
    place.translate(x, top + y);
    place.clipRect(0, 0, width, height);
    chart.paint(place, width, height);
    place.dispose();
  }

  /** Draws a chart that fills the sheet. */
  public void paint(IChart chart) {
    if (chart instanceof Chart<?, ?> known) {
      charts.add(known);
    }
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
  }

  public void text(String text, double x, double baseline, Font font, Color color) {
    MissingGlyphs.tell(text, font);
    graphics.setColor(color);
    write(graphics, text, x, baseline, font);
  }

  /**
   * Writes in the color of these graphics. Among vectors, letters are outlines: a viewer's own font
   * would have other widths.
   */
  public void write(Graphics2D place, String text, double x, double baseline, Font font) {
    if (surface.image() == null) {
      GlyphVector letters = font.createGlyphVector(place.getFontRenderContext(), text);
      place.fill(letters.getOutline((float) x, (float) baseline));
    } else {
      place.setFont(font);
      place.drawString(text, (float) x, (float) baseline);
    }
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
    dispose();
    return finish.of(title, Palette.reduced(surface.image()), surface.scale());
  }

  void dispose() {
    graphics.dispose();
  }

  BufferedImage image() {
    return surface.image();
  }

  String title() {
    return title;
  }

  List<Chart<?, ?>> charts() {
    return List.copyOf(charts);
  }
}
