package verydeep.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Legend;
import verydeep.internal.report.Style;

/** Small images of one size in rows, each with a line below. */
final class TileSheet {

  private static final int GAP = 8;
  private static final int MARGIN = 12;
  private static final int CAPTION = 16;
  private static final int NARROWEST = 460;

  private TileSheet() {}

  /**
   * An image and what is below it.
   *
   * @param image drawn at the size of the sheet's tiles
   * @param caption empty for none
   * @param color of the caption
   */
  record Tile(BufferedImage image, String caption, Color color) {}

  /**
   * Draws a sheet.
   *
   * @param width of each tile in pixels
   * @param height of each tile
   * @param columns tiles in a row
   */
  static Figure of(
      String title,
      String subtitle,
      List<Legend.Entry> legend,
      List<Tile> tiles,
      int width,
      int height,
      int columns) {
    boolean captions = tiles.stream().anyMatch(tile -> !tile.caption().isEmpty());
    int down = height + GAP + (captions ? CAPTION : 0);
    int rows = (tiles.size() + columns - 1) / columns;
    int across = Math.max(NARROWEST, columns * (width + GAP) - GAP + 2 * MARGIN);
    Canvas canvas = new Canvas(title, subtitle, legend, across, rows * down + GAP, 1);
    Graphics2D g = canvas.graphics();
    Font font = Style.SMALL;
    for (int i = 0; i < tiles.size(); i++) {
      Tile tile = tiles.get(i);
      int x = MARGIN + i % columns * (width + GAP);
      int y = canvas.top() + i / columns * down;
      boolean enlarged = tile.image().getWidth() < width; // cells stay squares
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION,
          enlarged
              ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
              : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      g.drawImage(tile.image(), x, y, width, height, null);
      if (!tile.caption().isEmpty()) {
        String text = canvas.fitted(tile.caption(), font, width + GAP - 2);
        canvas.text(text, x, y + height + 12, font, tile.color());
      }
    }
    return canvas.to(Figure::of);
  }
}
