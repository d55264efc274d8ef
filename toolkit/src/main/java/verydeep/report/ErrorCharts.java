package verydeep.report;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.Evaluation;

/** The top-1 errors of tests with their intervals, a row a test. */
final class ErrorCharts {

  private static final int PLOT = 480;
  private static final int ROW = 34;
  private static final int WIDEST_LABEL = 440;
  private static final BasicStroke INTERVAL = Style.stroke(2.5f);

  private ErrorCharts() {}

  static Figure of(List<Evaluation> tests) {
    if (tests.isEmpty()) {
      throw new ReportException("A chart of errors needs at least one test.");
    }
    XYChart chart = Style.lines("top-1 error, %", "");
    double highest = 0;
    for (int i = 0; i < tests.size(); i++) {
      ErrorRate error = tests.get(i).errors().top1();
      double y = tests.size() - i;
      highest = Math.max(highest, 100 * error.high());
      interval(chart, "interval " + i, 100 * error.low(), 100 * error.high(), y);
      XYSeries dot =
          chart.addSeries("test " + i, new double[] {100 * error.value()}, new double[] {y});
      Style.dots(dot, Style.BLUE, SeriesMarkers.CIRCLE);
    }
    chart.getStyler().setLegendVisible(false).setMarkerSize(9);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(Math.max(5, highest * 1.02));
    chart.getStyler().setYAxisMin(0.5).setYAxisMax(tests.size() + 0.5).setYAxisTicksVisible(false);
    chart.getStyler().setPlotGridHorizontalLinesVisible(false);
    chart.getStyler().setPlotGridVerticalLinesVisible(true).setYAxisTitleVisible(false);
    return draw(chart, tests);
  }

  private static void interval(XYChart chart, String name, double low, double high, double y) {
    XYSeries line = chart.addSeries(name, new double[] {low, high}, new double[] {y, y});
    Style.draw(line, Style.BLUE, INTERVAL, SeriesMarkers.NONE);
  }

  /** XChart loops for ever over long labels of a number axis: these are drawn beside it. */
  private static Figure draw(XYChart chart, List<Evaluation> tests) {
    int height = ROW * tests.size() + 60;
    List<String> labels = new ArrayList<>();
    Canvas measure = new Canvas("", "", 1, 1, 1);
    int left = 0;
    for (Evaluation test : tests) {
      String label = measure.fitted(test.name() + ", " + test.protocol(), Style.TEXT, WIDEST_LABEL);
      labels.add(label);
      left = Math.max(left, measure.width(label, Style.TEXT) + 16);
    }
    Canvas canvas =
        new Canvas(
            "Top-1 error with its 95% confidence interval",
            pictures(tests), left + PLOT + 70, Canvas.TOP + height, 2);
    canvas.chart(chart, left, Canvas.TOP, PLOT, height);
    for (int i = 0; i < tests.size(); i++) {
      double y = Canvas.TOP + chart.getScreenYFromChart(tests.size() - i) + 4;
      canvas.textEndingAt(labels.get(i), left, y, Style.TEXT, Style.INK);
      double value = 100 * tests.get(i).errors().top1().value();
      canvas.text(
          String.format(Locale.ROOT, "%.1f%%", value), left + PLOT + 8, y, Style.TEXT, Style.INK);
    }
    return canvas.figure();
  }

  static String pictures(List<Evaluation> tests) {
    List<String> counts =
        tests.stream().map(t -> t.predictions().size()).distinct().map(String::valueOf).toList();
    return counts.size() == 1
        ? counts.get(0) + " pictures"
        : "tests of " + String.join(", ", counts) + " pictures";
  }
}
