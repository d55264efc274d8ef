package verydeep.experiments;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import verydeep.VerydeepException;
import verydeep.internal.report.Drawing;
import verydeep.internal.report.Legend;
import verydeep.internal.report.RowChart;
import verydeep.internal.report.Style;
import verydeep.report.Figure;

/**
 * A chart of the top-1 errors of trials next to the paper's, with one row for trials that differ
 * only by seed.
 */
final class TrialChart {

  private static final double SEED = 3;
  private static final double MEAN = 5;
  private static final Color PALE = new Color(0x72, 0xb2, 0xd9);

  private TrialChart() {}

  static Figure of(List<Trial> trials) {
    if (trials.isEmpty()) {
      throw new VerydeepException("A chart of errors over seeds needs at least one trial.");
    }
    List<TrialGroup> groups = TrialGroup.of(trials);
    double highest = groups.stream().mapToDouble(TrialChart::highest).max().orElse(100);
    List<Legend.Entry> legend =
        List.of(
            new Legend.Entry("mean over seeds with its 95% interval", Style.BLUE, Legend.Mark.LINE),
            new Legend.Entry("each seed", PALE, Legend.Mark.RING),
            new Legend.Entry("the paper's (ImageNet)", Style.ORANGE, Legend.Mark.BOX));
    return Figure.of(
        Drawing.of(
            surface ->
                RowChart.of(
                    surface,
                    "Top-1 error of each network over seeds, dense, beside Table 3",
                    trials.get(0).dense().errors().top1().images()
                        + " images, the same for all: the intervals are of the seeds, not of the"
                        + " images",
                    legend,
                    "top-1 error, %",
                    Math.min(100, Math.max(5, 1.03 * highest)),
                    groups.stream().map(TrialChart::row).toList())));
  }

  private static double highest(TrialGroup group) {
    OverSeeds errors = group.percents(TrialGroup::dense);
    double largest = errors.values().stream().mapToDouble(v -> v).max().orElse(0);
    double high = Double.isNaN(errors.high()) ? largest : errors.high();
    return Math.max(Math.max(largest, high), Double.isNaN(group.paper()) ? 0 : group.paper());
  }

  private static RowChart.Row row(TrialGroup group) {
    OverSeeds errors = group.percents(TrialGroup::dense);
    double paper = group.paper();
    String value = String.format(Locale.ROOT, "%.1f%%", errors.mean());
    String papers = Double.isNaN(paper) ? "" : String.format(Locale.ROOT, " (paper %.1f%%)", paper);
    return new RowChart.Row(
        group.key().label(),
        value + papers,
        (graphics, x, y) -> paint(graphics, x, y, errors, paper));
  }

  private static void paint(
      Graphics2D graphics, DoubleUnaryOperator x, double y, OverSeeds errors, double paper) {
    if (!Double.isNaN(paper)) {
      graphics.setColor(Style.ORANGE);
      graphics.fill(diamond(x.applyAsDouble(paper), y));
    }
    graphics.setColor(Style.BLUE);
    graphics.setStroke(Style.stroke(2.5f));
    if (errors.values().size() > 1) {
      double low = x.applyAsDouble(Math.max(0, errors.low()));
      graphics.draw(new Line2D.Double(low, y, x.applyAsDouble(Math.min(100, errors.high())), y));
    }
    graphics.fill(circle(x.applyAsDouble(errors.mean()), y, MEAN));
    graphics.setColor(PALE);
    graphics.setStroke(Style.stroke(1.5f));
    for (double value : errors.values()) {
      graphics.draw(circle(x.applyAsDouble(value), y - 2 * MEAN, SEED));
    }
  }

  private static Ellipse2D circle(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private static Path2D diamond(double x, double y) {
    Path2D path = new Path2D.Double();
    path.moveTo(x - MEAN, y);
    path.lineTo(x, y - MEAN);
    path.lineTo(x + MEAN, y);
    path.lineTo(x, y + MEAN);
    path.closePath();
    return path;
  }
}
