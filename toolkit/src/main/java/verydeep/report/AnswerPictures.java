package verydeep.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import verydeep.VerydeepException;
import verydeep.classification.Classification;
import verydeep.classification.ClassifiedImages;
import verydeep.data.BoundingBox;
import verydeep.data.RgbImage;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Legend;
import verydeep.internal.report.Style;
import verydeep.localization.FoundObject;
import verydeep.transfer.Features;

/** Images beside what was said of them. */
final class AnswerPictures {

  private static final int GAP = 12;
  private static final int PHOTO = 224;
  private static final int LARGE = 480;
  private static final int ROW = 40;
  private static final int BAR = 12;
  private static final int BARS = 300;

  private AnswerPictures() {}

  /** The image, and bars of its best classes to the right. */
  static Figure of(Classification answer, int count) {
    List<Classification.Score> top = answer.top(count);
    BufferedImage image = fitted(answer.image(), PHOTO);
    int height = Math.max(image.getHeight(), ROW * top.size());
    int width = image.getWidth() + BARS + 3 * GAP;
    Path file = answer.file().orElse(null);
    String title = file == null ? answer.name() : String.valueOf(file.getFileName());
    Canvas canvas = new Canvas(title, answer.by(), List.of(), width, height + GAP, 2);
    canvas.graphics().drawImage(image, GAP, canvas.top(), null);
    int left = image.getWidth() + 2 * GAP;
    Axis axis = axis(answer, top, left);
    for (int k = 0; k < top.size(); k++) {
      row(canvas, top.get(k), left, canvas.top() + k * ROW, axis);
    }
    return canvas.to(Figure::of);
  }

  /** Where a score of 0 lies, and how long a score of 1 is. */
  private record Axis(double zero, double unit) {}

  /** Posteriors from 0 to 1; decision values from the lowest shown to the highest. */
  private static Axis axis(Classification answer, List<Classification.Score> top, int left) {
    if (answer.kind() == Classification.Kind.POSTERIOR) {
      return new Axis(left, BARS);
    }
    double low = 0;
    double high = 0.1;
    for (Classification.Score score : top) {
      if (Float.isFinite(score.value())) {
        low = Math.min(low, score.value());
        high = Math.max(high, score.value());
      }
    }
    double unit = BARS / (high - low);
    return new Axis(left - low * unit, unit);
  }

  private static void row(Canvas canvas, Classification.Score score, int left, int top, Axis axis) {
    String value = score.kind().format(score.value());
    int room = BARS - canvas.width(value, Style.TEXT) - GAP;
    String name = canvas.name(score.className(), Style.TEXT, room);
    canvas.text(name, left, top + 13, Style.TEXT, Style.INK);
    canvas.textEndingAt(value, left + BARS, top + 13, Style.TEXT, Style.FAINT);
    Graphics2D g = canvas.graphics();
    g.setColor(Style.GRID);
    g.fill(new Rectangle2D.Double(left, top + 19, BARS, BAR));
    double length = Float.isFinite(score.value()) ? score.value() * axis.unit() : 0;
    g.setColor(length < 0 ? Style.FAINT : Style.BLUE);
    double from = Math.min(axis.zero(), axis.zero() + length);
    g.fill(new Rectangle2D.Double(from, top + 19, Math.abs(length), BAR));
  }

  /** The first of them. */
  static Figure sheet(ClassifiedImages answers, int count) {
    List<Sheet.Cell> cells =
        answers.images().stream()
            .limit(count)
            .map(
                image ->
                    new Sheet.Cell(
                        image.file(),
                        image.best().className(),
                        answers.kind().format(image.best().value()),
                        "",
                        Style.GRID))
            .toList();
    String subtitle =
        String.format(
            Locale.ROOT,
            "%d of %,d images, %s, by %s",
            cells.size(),
            answers.images().size(),
            answers.kind() == Classification.Kind.POSTERIOR ? "posteriors" : "decision values",
            answers.by());
    return Sheet.of("Images and their best class", subtitle, List.of(), cells);
  }

  /** The image with the boxes of what was found, a color each. */
  static Figure found(String title, RgbImage image, List<FoundObject> objects) {
    double scale = Math.min(1.5, (double) LARGE / Math.max(image.width(), image.height()));
    int width = Math.max(1, (int) Math.round(scale * image.width()));
    int height = Math.max(1, (int) Math.round(scale * image.height()));
    BufferedImage drawn = image.resize(width, height).toBufferedImage();
    List<Legend.Entry> legend = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      FoundObject object = objects.get(i);
      String name = object.className().isEmpty() ? "object" : object.className();
      String sure =
          Double.isNaN(object.score())
              ? ""
              : " " + Classification.Kind.POSTERIOR.format(object.score());
      legend.add(new Legend.Entry(name + sure, Style.color(i, objects.size()), Legend.Mark.LINE));
    }
    boolean scored = objects.stream().noneMatch(object -> Double.isNaN(object.score()));
    String subtitle =
        objects.isEmpty()
            ? "nothing found"
            : "boxes found (appendix A)" + (scored ? ", the most confident first" : "");
    int sheet = Math.max(LARGE, width + 2 * GAP);
    Canvas canvas = new Canvas(title, subtitle, legend, sheet, height + GAP, 1);
    Graphics2D g = canvas.graphics();
    g.drawImage(drawn, GAP, canvas.top(), null);
    g.clipRect(GAP, canvas.top(), width, height);
    for (int i = objects.size() - 1; i >= 0; i--) {
      BoundingBox box =
          objects
              .get(i)
              .box()
              .scaled((double) width / image.width(), (double) height / image.height())
              .translated(GAP, canvas.top());
      line(g, box, Color.WHITE, 5);
      line(g, box, Style.color(i, objects.size()), 3);
    }
    return canvas.to(Figure::of);
  }

  private static void line(Graphics2D g, BoundingBox box, Color color, float width) {
    g.setColor(color);
    g.setStroke(Style.stroke(width));
    g.draw(new Rectangle2D.Double(box.left(), box.top(), box.width(), box.height()));
  }

  /** A file, and those most like it. */
  static Figure nearest(Path file, List<Features.Neighbor> neighbors) {
    List<Sheet.Cell> cells = new ArrayList<>();
    cells.add(new Sheet.Cell(file, "this image", "", "", Style.INK));
    for (Features.Neighbor neighbor : neighbors) {
      String value = String.format(Locale.ROOT, "%.2f", neighbor.similarity());
      cells.add(new Sheet.Cell(neighbor.file(), neighbor.className(), value, "", Style.GRID));
    }
    return Sheet.of("Nearest images", "cosine of the angle between the vectors", List.of(), cells);
  }

  private static BufferedImage fitted(RgbImage image, int side) {
    double scale = (double) side / Math.max(image.width(), image.height());
    int width = Math.max(1, (int) Math.round(scale * image.width()));
    int height = Math.max(1, (int) Math.round(scale * image.height()));
    return image.resize(width, height).toBufferedImage();
  }

  static int atLeastOne(int count) {
    if (count < 1) {
      throw new VerydeepException(
          "A sheet needs at least one image; " + count + " were asked for.");
    }
    return count;
  }
}
