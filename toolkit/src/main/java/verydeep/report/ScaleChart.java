package verydeep.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Looks;

/** Top-1 error over the test scale Q (sections 4.1 and 4.2). */
final class ScaleChart {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;

  private final List<Test> tests;
  private final XYChart chart =
      Style.lines("test scale Q: smallest side of the picture, pixels", "top-1 error, %");
  private final double left;
  private final double right;

  /** A test, the scales of its protocol, and what stands beside them there. */
  private record Test(String group, List<Integer> scales, ErrorRate error) {

    boolean averages() {
      return scales.size() > 1;
    }

    String key() {
      String sides = String.join(",", scales.stream().map(String::valueOf).toList());
      return averages() ? group + ", Q=" + sides + " averaged" : group;
    }
  }

  private ScaleChart(List<Test> tests) {
    this.tests = tests;
    int smallest = tests.stream().flatMap(t -> t.scales().stream()).min(Integer::compare).orElse(0);
    int largest = tests.stream().flatMap(t -> t.scales().stream()).max(Integer::compare).orElse(1);
    double margin = Math.max(8, 0.08 * (largest - smallest));
    this.left = Math.floor(smallest - margin);
    this.right = Math.ceil(largest + margin);
    Style.frame(chart, left, right);
  }

  static Figure of(List<Evaluation> evaluations) {
    if (evaluations.isEmpty()) {
      throw new ReportException("A chart of errors by scale needs at least one test.");
    }
    return new ScaleChart(evaluations.stream().map(ScaleChart::read).toList())
        .draw(ErrorCharts.pictures(evaluations));
  }

  private static Test read(Evaluation evaluation) {
    Looks looks =
        evaluation
            .looks()
            .orElseThrow(
                () ->
                    new ReportException(
                        "The test \""
                            + evaluation.name()
                            + ", "
                            + evaluation.protocol()
                            + "\" was not made at a scale, such as Q=256."));
    String how = looks.view() + (looks.mirrored() ? ", mirrored" : "");
    return new Test(evaluation.name() + ", " + how, looks.scales(), evaluation.errors().top1());
  }

  private Figure draw(String subtitle) {
    Map<String, List<Test>> groups = new LinkedHashMap<>();
    for (Test test : tests) {
      groups.computeIfAbsent(test.key(), key -> new ArrayList<>()).add(test);
    }
    List<String> names = List.copyOf(groups.keySet());
    List<Legend.Entry> legend = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) { // bands first, points before them
      Test first = groups.get(names.get(i)).get(0);
      Legend.Mark mark = first.averages() ? Legend.Mark.DASHES : Legend.Mark.LINE;
      legend.add(new Legend.Entry(names.get(i), Style.color(i), mark));
      if (first.averages()) {
        band(first, names.get(i), Style.color(i));
      }
    }
    for (int i = 0; i < names.size(); i++) {
      if (!groups.get(names.get(i)).get(0).averages()) {
        double aside = 0.006 * (right - left) * (i - (names.size() - 1) / 2.0);
        points(groups.get(names.get(i)), names.get(i), i, aside);
      }
    }
    double low = tests.stream().mapToDouble(t -> 100 * t.error().low()).min().orElse(0);
    double high = tests.stream().mapToDouble(t -> 100 * t.error().high()).max().orElse(100);
    chart.getStyler().setYAxisMin(Math.max(0, low - 2)).setYAxisMax(Math.min(100, high + 2));
    String title = "Top-1 error by test scale, with 95% confidence intervals (sections 4.1, 4.2)";
    Canvas canvas = new Canvas(title, subtitle, legend, WIDTH, HEIGHT, 2);
    canvas.chart(chart, 0, 0, WIDTH, HEIGHT);
    return canvas.figure();
  }

  /** Tests at one scale each; a little to the side, so that intervals at one scale do not hide. */
  private void points(List<Test> group, String name, int series, double aside) {
    List<Test> sorted = new ArrayList<>(group);
    sorted.sort(Comparator.comparing(test -> test.scales().get(0)));
    double[] x = sorted.stream().mapToDouble(test -> aside + test.scales().get(0)).toArray();
    double[] y = sorted.stream().mapToDouble(test -> 100 * test.error().value()).toArray();
    for (int i = 0; i < x.length; i++) {
      ErrorRate error = sorted.get(i).error();
      double[] ends = {100 * error.low(), 100 * error.high()};
      XYSeries interval =
          chart.addSeries("interval " + series + " " + i, new double[] {x[i], x[i]}, ends);
      Style.draw(interval, Style.color(series), Style.stroke(1.5f), SeriesMarkers.NONE);
    }
    Style.draw(
        chart.addSeries("points " + name, x, y),
        Style.color(series),
        Style.LINE,
        Style.marker(series));
  }

  /** A test over several scales at once. */
  private void band(Test test, String name, Color color) {
    double low = 100 * test.error().low();
    double high = 100 * test.error().high();
    double[] x = {left, right, right, left};
    XYSeries band = chart.addSeries("band " + name, x, new double[] {low, low, high, high});
    band.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    band.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 40));
    Style.draw(band, new Color(0, 0, 0, 0), Style.stroke(0), SeriesMarkers.NONE);
    double value = 100 * test.error().value();
    XYSeries line =
        chart.addSeries("line " + name, new double[] {left, right}, new double[] {value, value});
    Style.draw(line, color, Style.DASHED, SeriesMarkers.NONE);
  }
}
