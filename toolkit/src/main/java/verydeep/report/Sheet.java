package verydeep.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import verydeep.data.BoundingBox;
import verydeep.data.RgbImage;
import verydeep.data.UnreadableImageException;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Legend;
import verydeep.internal.report.Style;

/** Images in rows, each in its own framed square with a line or two below. */
final class Sheet {

  private static final int MOST_COLUMNS = 6;
  private static final int SMALL = 132;
  private static final int FRAME = 3;
  private static final int GAP = 14;
  private static final int CAPTION = 36;
  private static final int NARROWEST = 3;

  private final int side;

  private Sheet(int side) {
    this.side = side;
  }

  /** A box drawn over an image. */
  record Mark(BoundingBox box, Color color, float width) {}

  /**
   * An image, the part of it that is shown, the boxes in it, its caption, a number after it that is
   * never cut off, a line below, and the color of the frame.
   */
  record Cell(
      Path file,
      Optional<BoundingBox> part,
      List<Mark> marks,
      String caption,
      String value,
      String remark,
      Color color) {

    Cell(Path file, List<Mark> marks, String caption, String remark, Color color) {
      this(file, Optional.empty(), marks, caption, "", remark, color);
    }

    Cell(Path file, String caption, String value, String remark, Color color) {
      this(file, Optional.empty(), List.of(), caption, value, remark, color);
    }
  }

  static Figure of(String title, String subtitle, List<Legend.Entry> legend, List<Cell> cells) {
    int columns = Math.min(MOST_COLUMNS, Math.max(NARROWEST, cells.size()));
    return new Sheet(SMALL).draw(title, subtitle, legend, cells, columns);
  }

  /** With images of another size, pixels. */
  static Figure of(
      String title,
      String subtitle,
      List<Legend.Entry> legend,
      List<Cell> cells,
      int side,
      int columns) {
    return new Sheet(side).draw(title, subtitle, legend, cells, columns);
  }

  private int framed() {
    return side + 2 * FRAME;
  }

  private Figure draw(
      String title, String subtitle, List<Legend.Entry> legend, List<Cell> cells, int columns) {
    int across = framed() + GAP;
    int down = across + CAPTION;
    int rows = (cells.size() + columns - 1) / columns;
    Canvas canvas = new Canvas(title, subtitle, legend, columns * across + GAP, rows * down, 1);
    for (int i = 0; i < cells.size(); i++) {
      draw(canvas, cells.get(i), GAP + i % columns * across, canvas.top() + i / columns * down);
    }
    return canvas.to(Figure::of);
  }

  private void draw(Canvas canvas, Cell cell, int x, int y) {
    Graphics2D g = canvas.graphics();
    g.setColor(cell.color());
    g.fillRect(x, y, framed(), framed());
    g.setColor(Color.WHITE);
    g.fillRect(x + FRAME, y + FRAME, side, side);
    RgbImage read = image(cell.file());
    RgbImage image = cell.part().map(read::crop).orElse(read);
    BufferedImage fitted = fitted(image);
    int left = x + FRAME + (side - fitted.getWidth()) / 2;
    int above = y + FRAME + (side - fitted.getHeight()) / 2;
    g.drawImage(fitted, left, above, null);
    Shape before = g.getClip();
    g.clipRect(left, above, fitted.getWidth(), fitted.getHeight());
    for (Mark mark : cell.marks()) {
      BoundingBox box =
          mark.box()
              .scaled(
                  (double) fitted.getWidth() / image.width(),
                  (double) fitted.getHeight() / image.height())
              .translated(left, above);
      g.setColor(mark.color());
      g.setStroke(Style.stroke(mark.width()));
      g.draw(new Rectangle2D.Double(box.left(), box.top(), box.width(), box.height()));
    }
    g.setClip(before);
    Font font = Style.TEXT;
    String value = cell.value().isEmpty() ? "" : " " + cell.value();
    String name = canvas.name(cell.caption(), font, framed() - canvas.width(value, font));
    canvas.text(name + value, x, y + framed() + 15, font, Style.INK);
    canvas.text(canvas.name(cell.remark(), font, framed()), x, y + framed() + 30, font, Style.RED);
  }

  private static RgbImage image(Path file) {
    try {
      return RgbImage.read(file);
    } catch (UnreadableImageException e) {
      boolean lost = file.getFileSystem().equals(FileSystems.getDefault()) && !Files.exists(file);
      throw lost
          ? new UnreadableImageException(
              file,
              e.reason()
                  + " If it is elsewhere now, give the result its images by movedTo(images).",
              e)
          : e;
    }
  }

  /** As large as the square allows, with the same aspect ratio. */
  private BufferedImage fitted(RgbImage image) {
    double scale = (double) side / Math.max(image.width(), image.height());
    int width = Math.max(1, (int) Math.round(scale * image.width()));
    int height = Math.max(1, (int) Math.round(scale * image.height()));
    return image.resize(width, height).toBufferedImage();
  }
}
