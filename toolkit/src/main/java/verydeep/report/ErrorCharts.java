package verydeep.report;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.Evaluation;

/** The top-1 errors of tests with their intervals, a row a test. */
final class ErrorCharts {

  private static final BasicStroke INTERVAL = Style.stroke(2.5f);
  private static final double RADIUS = 4.5;

  private ErrorCharts() {}

  static Figure of(List<Evaluation> tests) {
    if (tests.isEmpty()) {
      throw new ReportException("A chart of errors needs at least one test.");
    }
    double highest =
        tests.stream().mapToDouble(test -> 100 * test.errors().top1().high()).max().orElse(100);
    return RowChart.of(
        "Top-1 error with its 95% confidence interval",
        pictures(tests),
        List.of(),
        "top-1 error, %",
        Math.max(5, 1.03 * highest),
        tests.stream().map(ErrorCharts::row).toList());
  }

  private static RowChart.Row row(Evaluation test) {
    ErrorRate error = test.errors().top1();
    return new RowChart.Row(
        test.name() + ", " + test.protocol(),
        String.format(Locale.ROOT, "%.1f%%", 100 * error.value()),
        (graphics, x, y) -> paint(graphics, x, y, error));
  }

  private static void paint(Graphics2D graphics, DoubleUnaryOperator x, double y, ErrorRate error) {
    graphics.setColor(Style.BLUE);
    graphics.setStroke(INTERVAL);
    graphics.draw(
        new Line2D.Double(
            x.applyAsDouble(100 * error.low()), y, x.applyAsDouble(100 * error.high()), y));
    double middle = x.applyAsDouble(100 * error.value());
    graphics.fill(new Ellipse2D.Double(middle - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS));
  }

  static String pictures(List<Evaluation> tests) {
    List<String> counts =
        tests.stream().map(t -> t.predictions().size()).distinct().map(String::valueOf).toList();
    return counts.size() == 1
        ? counts.get(0) + " pictures"
        : "tests of " + String.join(", ", counts) + " pictures";
  }
}
