package verydeep.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.IntStream;
import verydeep.evaluation.ConfusionMatrix;
import verydeep.evaluation.Evaluation;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Drawing;
import verydeep.internal.report.Style;
import verydeep.internal.report.Surface;

/**
 * A confusion matrix. It is drawn here because XChart's heat map writes the number into a cell that
 * also colors it, whereas here the color is a share and the number a count.
 */
final class ConfusionChart {

  private static final int SIDE = 520;
  private static final int LARGEST_CELL = 52;
  private static final int WIDEST_NAME = 150;
  private static final double FAINTEST = 0.15;
  private static final int MARGIN = 44;
  private static final int FLAT_NAME = 14;

  /** Room for the number of a class, and the least distance between two such numbers. */
  private static final int INDEX = 28;

  private static final int APART = 40;
  private static final int[] STEPS = {10, 20, 50, 100, 200, 500, 1000};

  /** A smaller cell has no room for a number, and its row none for a name. */
  private static final int LEGIBLE = 13;

  private final ConfusionMatrix matrix;
  private final int classes;
  private final int cell;
  private final int left;
  private final int below;
  private final boolean flat;
  private final Canvas canvas;
  private final Font font;

  private ConfusionChart(Surface surface, Evaluation test, ConfusionMatrix matrix) {
    this.matrix = matrix;
    this.classes = matrix.classes().size();
    this.cell = Math.min(LARGEST_CELL, Math.max(1, SIDE / classes));
    this.font = Style.TEXT.deriveFont(Math.min(12f, Math.max(8f, cell / 2.2f)));
    int widest = cell < LEGIBLE ? INDEX : widestName();
    this.flat = cell < LEGIBLE || widest <= cell - 4;
    this.left = MARGIN + widest;
    this.below = MARGIN + (flat ? Math.min(widest, FLAT_NAME) : widest);
    int side = cell * classes;
    this.canvas =
        new Canvas(
            surface,
            "Confusion: images by true and by predicted class",
            "color: share of the row; " + test.name() + ", " + test.protocol(),
            List.of(),
            Math.max(560, left + side + 24),
            side + below + 12);
  }

  static Figure of(Evaluation test, ConfusionMatrix matrix) {
    return Figure.of(Drawing.of(surface -> new ConfusionChart(surface, test, matrix).draw()));
  }

  private int widestName() {
    Canvas measure = new Canvas(1);
    return matrix.classes().stream()
        .mapToInt(name -> measure.width(measure.name(name, font, WIDEST_NAME), font))
        .max()
        .orElse(0);
  }

  private Canvas draw() {
    int top = canvas.top() + 4;
    for (int actual = 0; actual < classes; actual++) {
      for (int predicted = 0; predicted < classes; predicted++) {
        cell(actual, predicted, left + predicted * cell, top + actual * cell);
      }
    }
    int side = cell * classes;
    Graphics2D g = canvas.graphics();
    g.setColor(Style.FAINT);
    g.setStroke(Style.stroke(1f));
    g.drawRect(left, top, side, side);
    if (cell >= LEGIBLE) {
      names(top, side);
    } else {
      indices(top, side);
    }
    String what = cell < LEGIBLE ? " class, from 0" : " class";
    canvas.textCenteredAt(
        "predicted" + what, left + side / 2.0, top + side + below - 14, Style.TEXT, Style.INK);
    String truth = "true" + what;
    sideways(truth, 22, top + side / 2.0 + canvas.width(truth, Style.TEXT) / 2.0);
    return canvas;
  }

  /** The numbers of some classes, where there is no room for names. */
  private void indices(int top, int side) {
    int step = IntStream.of(STEPS).filter(s -> s * cell >= APART).findFirst().orElse(classes);
    for (int i = 0; i < classes; i += step) {
      double middle = (i + 0.5) * cell;
      String index = String.valueOf(i);
      canvas.textEndingAt(index, left - 6, top + middle + 4, Style.SMALL, Style.INK);
      canvas.textCenteredAt(index, left + middle, top + side + 14.0, Style.SMALL, Style.INK);
    }
  }

  private void cell(int actual, int predicted, int x, int y) {
    int count = matrix.count(actual, predicted);
    double share = (double) count / Math.max(1, matrix.images(actual));
    Graphics2D g = canvas.graphics();
    // a mistake without a number must not be too faint to see
    g.setColor(blend(cell < LEGIBLE && count > 0 ? Math.max(share, FAINTEST) : share));
    g.fillRect(x, y, cell, cell);
    if (cell < LEGIBLE) {
      return;
    }
    g.setColor(Style.GRID);
    g.setStroke(Style.stroke(0.5f));
    g.drawRect(x, y, cell, cell);
    String text = String.valueOf(count);
    if (count > 0 && canvas.width(text, font) <= cell) {
      int baseline = y + (cell + canvas.metrics(font).getAscent()) / 2 - 1;
      Color ink = share > 0.5 ? Color.WHITE : Style.INK;
      canvas.textCenteredAt(text, x + cell / 2.0, baseline, font, ink);
    }
  }

  /** From white to blue. */
  private static Color blend(double share) {
    Color full = Style.BLUE;
    return new Color(
        (int) Math.round(255 - share * (255 - full.getRed())),
        (int) Math.round(255 - share * (255 - full.getGreen())),
        (int) Math.round(255 - share * (255 - full.getBlue())));
  }

  private void names(int top, int side) {
    List<String> names = matrix.classes();
    int ascent = canvas.metrics(font).getAscent();
    for (int i = 0; i < classes; i++) {
      String name = canvas.name(names.get(i), font, WIDEST_NAME);
      double middle = i * cell + (cell + ascent) / 2.0 - 1;
      canvas.textEndingAt(name, left - 6, top + middle, font, Style.INK);
      if (flat) {
        canvas.textCenteredAt(
            name, left + (i + 0.5) * cell, top + side + ascent + 6, font, Style.INK);
      } else {
        int length = canvas.width(name, font);
        upwards(name, left + middle, top + side + 6.0 + length, font);
      }
    }
  }

  private void sideways(String text, double x, double y) {
    upwards(text, x, y, Style.TEXT);
  }

  /** Text that reads from bottom to top and starts at (x, y). */
  private void upwards(String text, double x, double y, Font letters) {
    Graphics2D g = (Graphics2D) canvas.graphics().create();
    g.setColor(Style.INK);
    g.translate(x, y);
    g.rotate(-Math.PI / 2);
    canvas.write(g, text, 0, 0, letters);
    g.dispose();
  }
}
