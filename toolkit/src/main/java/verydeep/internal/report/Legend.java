package verydeep.internal.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the colors mean, in rows above a chart. XChart's own legend below a chart covers the axis
 * title and is cut off where it is wider than the chart.
 */
public final class Legend {

  public static final int ROW = 20;

  private static final int SWATCH = 26;
  private static final int GAP = 18;

  private Legend() {}

  /** How a series looks. */
  public enum Mark {
    LINE,
    DASHES,
    BOX,
    RING,
    DISC,
    SQUARE,
    DIAMOND,
    TRIANGLE
  }

  /** How a point of a series drawn with {@link Style#marker} looks. */
  public static Mark mark(int series) {
    Mark[] marks = {Mark.DISC, Mark.SQUARE, Mark.DIAMOND, Mark.TRIANGLE};
    return marks[Style.mark(series)];
  }

  /** A series. */
  public record Entry(String name, Color color, Mark mark) {}

  /** Draws the entries, starting at (x, y), and returns how many rows they took. */
  public static int draw(Canvas canvas, List<Entry> entries, int x, int y, int room) {
    int at = x;
    int row = 0;
    for (Entry entry : entries) {
      String name = canvas.fitted(entry.name(), Style.TEXT, room - SWATCH);
      int width = SWATCH + canvas.width(name, Style.TEXT);
      if (at > x && at + width > x + room) {
        at = x;
        row++;
      }
      swatch(canvas.graphics(), entry, at, y + row * ROW);
      canvas.text(name, at + SWATCH, y + row * ROW + 4, Style.TEXT, Style.INK);
      at += width + GAP;
    }
    return entries.isEmpty() ? 0 : row + 1;
  }

  private static void swatch(Graphics2D g, Entry entry, int x, int middle) {
    g.setColor(entry.color());
    g.setStroke(entry.mark() == Mark.DASHES ? Style.DASHED : Style.LINE);
    switch (entry.mark()) {
      case BOX -> g.fillRect(x + 6, middle - 6, 14, 12);
      case RING -> g.drawOval(x + 7, middle - 6, 12, 12);
      case DISC -> g.fillOval(x + 9, middle - 5, 10, 10);
      case SQUARE -> g.fillRect(x + 10, middle - 4, 9, 9);
      case DIAMOND -> polygon(g, new int[] {x + 8, x + 14, x + 20, x + 14}, middle, 0, -6, 0, 6);
      case TRIANGLE -> polygon(g, new int[] {x + 8, x + 14, x + 20}, middle, 5, -6, 5);
      default -> g.drawLine(x, middle, x + SWATCH - 6, middle);
    }
  }

  private static void polygon(Graphics2D g, int[] x, int middle, int... y) {
    g.fillPolygon(x, IntStream.of(y).map(offset -> middle + offset).toArray(), x.length);
  }
}
