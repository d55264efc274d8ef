package verydeep.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import verydeep.data.Picture;

/** Photos in rows, each in a square of its own with a frame and a line or two below. */
final class Sheet {

  private static final int MOST_COLUMNS = 6;
  private static final int PHOTO = 132;
  private static final int FRAME = 3;
  private static final int CELL = PHOTO + 2 * FRAME + 14;
  private static final int CAPTION = 36;
  private static final int NARROWEST = 3;

  private Sheet() {}

  /** A photo, what is said of it, and the colour of its frame. */
  record Cell(Path file, String caption, String remark, Color color) {}

  static Figure of(String title, String subtitle, List<Legend.Entry> legend, List<Cell> cells) {
    int columns = Math.min(MOST_COLUMNS, Math.max(NARROWEST, cells.size()));
    int rows = (cells.size() + columns - 1) / columns;
    int width = columns * CELL + 14;
    Canvas canvas = new Canvas(title, subtitle, legend, width, rows * (CELL + CAPTION), 1);
    for (int i = 0; i < cells.size(); i++) {
      int x = 14 + i % columns * CELL;
      int y = canvas.top() + i / columns * (CELL + CAPTION);
      draw(canvas, cells.get(i), x, y);
    }
    return canvas.figure();
  }

  private static void draw(Canvas canvas, Cell cell, int x, int y) {
    int side = PHOTO + 2 * FRAME;
    Graphics2D g = canvas.graphics();
    g.setColor(cell.color());
    g.fillRect(x, y, side, side);
    g.setColor(Color.WHITE);
    g.fillRect(x + FRAME, y + FRAME, PHOTO, PHOTO);
    BufferedImage photo = fitted(Picture.read(cell.file()));
    int left = x + FRAME + (PHOTO - photo.getWidth()) / 2;
    int above = y + FRAME + (PHOTO - photo.getHeight()) / 2;
    g.drawImage(photo, left, above, null);
    Font font = Style.TEXT;
    canvas.text(canvas.fitted(cell.caption(), font, side), x, y + side + 15, font, Style.INK);
    canvas.text(canvas.fitted(cell.remark(), font, side), x, y + side + 30, font, Style.RED);
  }

  /** As large as the square allows, as wide to its height as before. */
  private static BufferedImage fitted(Picture picture) {
    double scale = (double) PHOTO / Math.max(picture.width(), picture.height());
    int width = Math.max(1, (int) Math.round(scale * picture.width()));
    int height = Math.max(1, (int) Math.round(scale * picture.height()));
    return picture.resize(width, height).toImage();
  }
}
