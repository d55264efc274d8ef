package verydeep.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import verydeep.VerydeepException;
import verydeep.data.TestViews;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.Evaluation;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Drawing;
import verydeep.internal.report.Legend;
import verydeep.internal.report.Style;
import verydeep.internal.report.Surface;

/** Top-1 error over the test scale Q (sections 4.1 and 4.2). */
final class ScaleChart {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;

  /**
   * With more bands than this, which would hide each other, the intervals are drawn side by side.
   */
  private static final int MOST_BANDS = 2;

  private final List<Test> tests;
  private final XYChart chart =
      Style.lines("test scale Q: smallest side of the image, pixels", "top-1 error, %");
  private final double left;
  private final double right;

  /** A test: what was tested by which views, and at which scales. */
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
      throw new VerydeepException("A chart of errors by scale needs at least one test.");
    }
    List<Test> tests = evaluations.stream().map(ScaleChart::read).toList();
    String subtitle = ErrorCharts.images(evaluations);
    return Figure.of(Drawing.of(surface -> new ScaleChart(tests).draw(surface, subtitle)));
  }

  private static Test read(Evaluation evaluation) {
    List<TestViews> views = evaluation.allViews();
    long protocols = views.stream().map(v -> List.of(v.scales(), v.flipped())).distinct().count();
    if (protocols != 1) {
      throw new VerydeepException(
          "The test \""
              + evaluation.name()
              + ", "
              + evaluation.protocol()
              + "\" was not made at a scale, such as Q=256, or averages tests that were not made at"
              + " the same scales.");
    }
    String how = views.stream().map(v -> v.view().toString()).collect(Collectors.joining(" & "));
    TestViews first = views.get(0);
    return new Test(
        evaluation.name() + ", " + how + (first.flipped() ? ", flipped" : ""),
        first.scales(),
        evaluation.errors().top1());
  }

  /** Tests at one scale each make a line; a test over several scales has its own. */
  private static Map<String, List<Test>> groups(List<Test> tests) {
    Map<String, List<Test>> groups = new LinkedHashMap<>();
    for (Test test : tests) {
      String key = test.key();
      for (int i = 2; isTaken(groups.get(key), test); i++) {
        key = test.key() + " (" + i + ")";
      }
      groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(test);
    }
    return groups;
  }

  private static boolean isTaken(List<Test> group, Test test) {
    return group != null && group.stream().anyMatch(o -> o.scales().equals(test.scales()));
  }

  private Canvas draw(Surface surface, String subtitle) {
    Map<String, List<Test>> groups = groups(tests);
    List<String> names = List.copyOf(groups.keySet());
    boolean bands = tests.stream().filter(Test::averages).count() <= MOST_BANDS;
    List<Legend.Entry> legend = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) { // bands first, points on top of them
      Test first = groups.get(names.get(i)).get(0);
      Legend.Mark mark = first.averages() ? Legend.Mark.DASHES : Legend.Mark.LINE;
      legend.add(new Legend.Entry(names.get(i), color(i), mark));
      if (first.averages()) {
        if (bands) {
          band(first, names.get(i), color(i));
        } else {
          interval(first, names.get(i), i, left + (i + 1) * (right - left) / (names.size() + 1));
        }
        line(first, names.get(i), color(i));
      }
    }
    List<String> lines =
        names.stream().filter(name -> !groups.get(name).get(0).averages()).toList();
    for (int i = 0; i < lines.size(); i++) {
      double aside = 0.006 * (right - left) * (i - (lines.size() - 1) / 2.0);
      String name = lines.get(i);
      points(groups.get(name), name, names.indexOf(name), aside);
    }
    double low = tests.stream().mapToDouble(t -> 100 * t.error().low()).min().orElse(0);
    double high = tests.stream().mapToDouble(t -> 100 * t.error().high()).max().orElse(100);
    chart.getStyler().setYAxisMin(Math.max(0, low - 2)).setYAxisMax(Math.min(100, high + 2));
    String title = "Top-1 error by test scale, with 95% confidence intervals (sections 4.1, 4.2)";
    Canvas canvas = new Canvas(surface, title, subtitle, legend, WIDTH, HEIGHT);
    canvas.chart(chart, 0, 0, WIDTH, HEIGHT);
    return canvas;
  }

  /**
   * Tests at one scale each, moved a little to the side so that intervals at one scale do not hide
   * each other.
   */
  private void points(List<Test> group, String name, int series, double aside) {
    List<Test> sorted = new ArrayList<>(group);
    sorted.sort(Comparator.comparing(test -> test.scales().get(0)));
    double[] x = sorted.stream().mapToDouble(test -> aside + test.scales().get(0)).toArray();
    double[] y = sorted.stream().mapToDouble(test -> 100 * test.error().value()).toArray();
    for (int i = 0; i < x.length; i++) {
      interval(sorted.get(i), series + " " + i, series, x[i]);
    }
    Style.draw(
        chart.addSeries("points " + name, x, y), color(series), Style.LINE, Style.marker(series));
  }

  private Color color(int series) {
    return Style.color(series, groups(tests).size());
  }

  /** The interval of a test over several scales at once. */
  private void band(Test test, String name, Color color) {
    double low = 100 * test.error().low();
    double high = 100 * test.error().high();
    double[] x = {left, right, right, left};
    XYSeries band = chart.addSeries("band " + name, x, new double[] {low, low, high, high});
    band.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    band.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 40));
    Style.draw(band, new Color(0, 0, 0, 0), Style.stroke(0), SeriesMarkers.NONE);
  }

  private void line(Test test, String name, Color color) {
    double value = 100 * test.error().value();
    XYSeries line =
        chart.addSeries("line " + name, new double[] {left, right}, new double[] {value, value});
    Style.draw(line, color, Style.DASHED, SeriesMarkers.NONE);
  }

  private void interval(Test test, String name, int series, double x) {
    double[] ends = {100 * test.error().low(), 100 * test.error().high()};
    XYSeries interval = chart.addSeries("interval " + name, new double[] {x, x}, ends);
    Style.draw(interval, color(series), Style.stroke(1.5f), SeriesMarkers.NONE);
  }
}
