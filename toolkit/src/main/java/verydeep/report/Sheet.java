package verydeep.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import verydeep.data.BoundingBox;
import verydeep.data.Picture;

/** Photos in rows, each in a square of its own with a frame and a line or two below. */
final class Sheet {

  private static final int MOST_COLUMNS = 6;
  private static final int SMALL = 132;
  private static final int FRAME = 3;
  private static final int GAP = 14;
  private static final int CAPTION = 36;
  private static final int NARROWEST = 3;

  private final int photo;

  private Sheet(int photo) {
    this.photo = photo;
  }

  /** A box drawn over a photo. */
  record Mark(BoundingBox box, Color color, float width) {}

  /**
   * A photo, the boxes in it, what is said of it, a number that is not cut off behind that, a line
   * below, and the colour of its frame.
   */
  record Cell(
      Path file, List<Mark> marks, String caption, String value, String remark, Color color) {

    Cell(Path file, List<Mark> marks, String caption, String remark, Color color) {
      this(file, marks, caption, "", remark, color);
    }

    Cell(Path file, String caption, String value, String remark, Color color) {
      this(file, List.of(), caption, value, remark, color);
    }
  }

  static Figure of(String title, String subtitle, List<Legend.Entry> legend, List<Cell> cells) {
    int columns = Math.min(MOST_COLUMNS, Math.max(NARROWEST, cells.size()));
    return new Sheet(SMALL).draw(title, subtitle, legend, cells, columns);
  }

  /** With photos of another size, pixels. */
  static Figure of(
      String title,
      String subtitle,
      List<Legend.Entry> legend,
      List<Cell> cells,
      int photo,
      int columns) {
    return new Sheet(photo).draw(title, subtitle, legend, cells, columns);
  }

  private int side() {
    return photo + 2 * FRAME;
  }

  private Figure draw(
      String title, String subtitle, List<Legend.Entry> legend, List<Cell> cells, int columns) {
    int across = side() + GAP;
    int down = across + CAPTION;
    int rows = (cells.size() + columns - 1) / columns;
    Canvas canvas = new Canvas(title, subtitle, legend, columns * across + GAP, rows * down, 1);
    for (int i = 0; i < cells.size(); i++) {
      draw(canvas, cells.get(i), GAP + i % columns * across, canvas.top() + i / columns * down);
    }
    return canvas.figure();
  }

  private void draw(Canvas canvas, Cell cell, int x, int y) {
    Graphics2D g = canvas.graphics();
    g.setColor(cell.color());
    g.fillRect(x, y, side(), side());
    g.setColor(Color.WHITE);
    g.fillRect(x + FRAME, y + FRAME, photo, photo);
    Picture picture = Picture.read(cell.file());
    BufferedImage image = fitted(picture);
    int left = x + FRAME + (photo - image.getWidth()) / 2;
    int above = y + FRAME + (photo - image.getHeight()) / 2;
    g.drawImage(image, left, above, null);
    Shape before = g.getClip();
    g.clipRect(left, above, image.getWidth(), image.getHeight());
    for (Mark mark : cell.marks()) {
      BoundingBox box =
          mark.box()
              .scaled(
                  (double) image.getWidth() / picture.width(),
                  (double) image.getHeight() / picture.height())
              .translated(left, above);
      g.setColor(mark.color());
      g.setStroke(Style.stroke(mark.width()));
      g.draw(new Rectangle2D.Double(box.left(), box.top(), box.width(), box.height()));
    }
    g.setClip(before);
    Font font = Style.TEXT;
    String value = cell.value().isEmpty() ? "" : " " + cell.value();
    String name = canvas.name(cell.caption(), font, side() - canvas.width(value, font));
    canvas.text(name + value, x, y + side() + 15, font, Style.INK);
    canvas.text(canvas.name(cell.remark(), font, side()), x, y + side() + 30, font, Style.RED);
  }

  /** As large as the square allows, as wide to its height as before. */
  private BufferedImage fitted(Picture picture) {
    double scale = (double) photo / Math.max(picture.width(), picture.height());
    int width = Math.max(1, (int) Math.round(scale * picture.width()));
    int height = Math.max(1, (int) Math.round(scale * picture.height()));
    return picture.resize(width, height).toImage();
  }
}
