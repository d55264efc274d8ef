package verydeep.report;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import verydeep.VerydeepException;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.Evaluation;
import verydeep.internal.report.Drawing;
import verydeep.internal.report.RowChart;
import verydeep.internal.report.Style;

/** The top-1 errors of tests with their intervals, one row per test. */
final class ErrorCharts {

  private static final BasicStroke INTERVAL = Style.stroke(2.5f);
  private static final double RADIUS = 4.5;

  private ErrorCharts() {}

  static Figure of(List<Evaluation> tests) {
    if (tests.isEmpty()) {
      throw new VerydeepException("A chart of errors needs at least one test.");
    }
    double highest =
        tests.stream().mapToDouble(test -> 100 * test.errors().top1().high()).max().orElse(100);
    List<RowChart.Row> rows = tests.stream().map(test -> row(test, label(test, tests))).toList();
    return Figure.of(
        Drawing.of(
            surface ->
                RowChart.of(
                    surface,
                    "Top-1 error with its 95% confidence interval",
                    common(tests) + images(tests),
                    List.of(),
                    "top-1 error, %",
                    Math.max(5, 1.03 * highest),
                    rows)));
  }

  /** What all tests have in common, name or protocol, is above the chart, not in each row. */
  private static String common(List<Evaluation> tests) {
    if (tests.size() == 1) {
      return "";
    }
    Evaluation first = tests.get(0);
    return sameNames(tests)
        ? first.name() + ", "
        : sameProtocols(tests) ? first.protocol() + ", " : "";
  }

  private static String label(Evaluation test, List<Evaluation> tests) {
    if (tests.size() == 1) {
      return test.name() + ", " + test.protocol();
    }
    return sameNames(tests)
        ? test.protocol()
        : sameProtocols(tests) ? test.name() : test.name() + ", " + test.protocol();
  }

  private static boolean sameNames(List<Evaluation> tests) {
    return tests.stream().map(Evaluation::name).distinct().count() == 1;
  }

  private static boolean sameProtocols(List<Evaluation> tests) {
    return tests.stream().map(Evaluation::protocol).distinct().count() == 1;
  }

  private static RowChart.Row row(Evaluation test, String label) {
    ErrorRate error = test.errors().top1();
    return new RowChart.Row(
        label,
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

  static String images(List<Evaluation> tests) {
    List<String> counts =
        tests.stream().map(t -> t.predictions().size()).distinct().map(String::valueOf).toList();
    return counts.size() == 1
        ? counts.get(0) + " images"
        : "tests of " + String.join(", ", counts) + " images";
  }
}
