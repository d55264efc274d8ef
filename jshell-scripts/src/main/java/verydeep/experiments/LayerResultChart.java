package verydeep.experiments;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import verydeep.VerydeepException;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Drawing;
import verydeep.internal.report.Legend;
import verydeep.internal.report.Style;
import verydeep.report.Figure;

/** A chart of a linear classifier's accuracy by the layer of its features. */
final class LayerResultChart {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;

  /**
   * The offset between series as a fraction of the step between layers, so intervals do not
   * overlap.
   */
  private static final double ASIDE = 0.04;

  /** Room for the layers' names below the plot. */
  private static final int NAMES = 20;

  private LayerResultChart() {}

  static Figure of(List<LayerResult> tests) {
    if (tests.isEmpty()) {
      throw new VerydeepException("A chart of layers needs at least one test.");
    }
    List<String> layers = LayerResults.layers(tests);
    Map<String, List<LayerResult>> series = LayerResults.series(tests);
    XYChart chart = Style.lines("", "right answers, %");
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
    chart.getStyler().setXAxisTicksVisible(false); // names are drawn below, XChart has numbers
    chart.getStyler().setXAxisMin(0.5).setXAxisMax(layers.size() + 0.5);
    chart.getStyler().setXAxisTitleVisible(false);
    int index = 0;
    for (Map.Entry<String, List<LayerResult>> one : series.entrySet()) {
      double aside = ASIDE * (index - (series.size() - 1) / 2.0);
      draw(chart, index, series.size(), layers, one.getValue(), aside);
      index++;
    }
    return Figure.of(
        Drawing.of(
            surface -> {
              Canvas canvas =
                  new Canvas(
                      surface,
                      "How features transfer, by layer (appendix B)",
                      "linear classifier on each layer's features, with 95% confidence intervals, "
                          + images(tests),
                      Style.legend(List.copyOf(series.keySet()), Legend.Mark.LINE),
                      WIDTH,
                      HEIGHT + NAMES);
              canvas.chart(chart, 0, 0, WIDTH, HEIGHT);
              double baseline = canvas.top() + chart.getScreenYFromChart(0) + 20;
              for (int i = 0; i < layers.size(); i++) {
                double x = chart.getScreenXFromChart(i + 1);
                canvas.textCenteredAt(layers.get(i), x, baseline, Style.SMALL, Style.INK);
              }
              return canvas;
            }));
  }

  private static String images(List<LayerResult> tests) {
    return tests.stream()
            .map(test -> String.valueOf(test.errors().top1().images()))
            .distinct()
            .collect(Collectors.joining(", "))
        + " images";
  }

  private static void draw(
      XYChart chart,
      int index,
      int count,
      List<String> layers,
      List<LayerResult> tests,
      double aside) {
    double[] x = new double[tests.size()];
    double[] y = new double[tests.size()];
    for (int i = 0; i < x.length; i++) {
      LayerResult test = tests.get(i);
      x[i] = 1 + layers.indexOf(test.layer()) + aside;
      y[i] = test.accuracy();
      XYSeries interval =
          chart.addSeries(
              "interval " + index + " " + i,
              new double[] {x[i], x[i]},
              new double[] {test.lowest(), test.highest()});
      Style.draw(interval, Style.color(index, count), Style.stroke(1.5f), SeriesMarkers.NONE);
    }
    Style.draw(
        chart.addSeries("points " + index, x, y),
        Style.color(index, count),
        Style.LINE,
        Style.marker(index));
  }
}
