package verydeep.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.Evaluation;

/** Top-1 error over the test scale Q (sections 4.1 and 4.2). */
final class ScaleChart {

  private static final Pattern SCALES = Pattern.compile("Q=(\\d+(?:,\\d+)*)(?:, )?");

  private final List<Test> tests;
  private final XYChart chart =
      Style.lines("test scale Q: smallest side of the picture, pixels", "top-1 error, %");
  private final double left;
  private final double right;

  /** A test, the scales of its protocol, and what stands beside them there. */
  private record Test(String group, List<Integer> scales, ErrorRate error) {}

  private ScaleChart(List<Test> tests) {
    this.tests = tests;
    int smallest = tests.stream().flatMap(t -> t.scales().stream()).min(Integer::compare).orElse(0);
    int largest = tests.stream().flatMap(t -> t.scales().stream()).max(Integer::compare).orElse(1);
    double margin = Math.max(4, 0.08 * (largest - smallest));
    this.left = smallest - margin;
    this.right = largest + margin;
  }

  static Figure of(List<Evaluation> evaluations) {
    if (evaluations.isEmpty()) {
      throw new ReportException("A chart of errors by scale needs at least one test.");
    }
    return new ScaleChart(evaluations.stream().map(ScaleChart::read).toList())
        .draw(ErrorCharts.pictures(evaluations));
  }

  private static Test read(Evaluation evaluation) {
    Matcher found = SCALES.matcher(evaluation.protocol());
    if (!found.find()) {
      throw new ReportException(
          "The protocol \"" + evaluation.protocol() + "\" names no scale, such as Q=256.");
    }
    List<Integer> scales =
        Arrays.stream(found.group(1).split(",", -1)).map(Integer::valueOf).toList();
    String rest = found.replaceFirst("").replaceFirst(", $", "");
    return new Test(evaluation.name() + ", " + rest, scales, evaluation.errors().top1());
  }

  private Figure draw(String subtitle) {
    Map<String, List<Test>> groups = new LinkedHashMap<>();
    for (Test test : tests) {
      String key = test.scales().size() == 1 ? test.group() : test.group() + test.scales();
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(test);
    }
    int series = 0;
    for (List<Test> group : groups.values()) {
      if (group.get(0).scales().size() == 1) {
        singleScales(group, series);
      } else {
        multiScale(group.get(0), series);
      }
      series++;
    }
    double low = tests.stream().mapToDouble(t -> 100 * t.error().low()).min().orElse(0);
    double high = tests.stream().mapToDouble(t -> 100 * t.error().high()).max().orElse(100);
    chart.getStyler().setXAxisMin(left).setXAxisMax(right);
    chart.getStyler().setYAxisMin(Math.max(0, low - 2)).setYAxisMax(Math.min(100, high + 2));
    Canvas canvas =
        new Canvas(
            "Top-1 error by test scale, with 95% confidence intervals (sections 4.1, 4.2)",
            subtitle, 760, Canvas.TOP + 420, 2);
    canvas.chart(chart, 0, Canvas.TOP, 760, 420);
    return canvas.figure();
  }

  private void singleScales(List<Test> group, int series) {
    List<Test> sorted = new ArrayList<>(group);
    sorted.sort(Comparator.comparing(t -> t.scales().get(0)));
    double[] x = sorted.stream().mapToDouble(t -> t.scales().get(0)).toArray();
    double[] y = sorted.stream().mapToDouble(t -> 100 * t.error().value()).toArray();
    for (int i = 0; i < x.length; i++) {
      ErrorRate error = sorted.get(i).error();
      XYSeries interval =
          chart.addSeries(
              "interval " + series + " " + i,
              new double[] {x[i], x[i]},
              new double[] {100 * error.low(), 100 * error.high()});
      Style.draw(interval, Style.color(series), Style.stroke(1.5f), SeriesMarkers.NONE);
      interval.setShowInLegend(false);
    }
    XYSeries line = chart.addSeries(group.get(0).group(), x, y);
    Style.draw(line, Style.color(series), Style.LINE, Style.marker(series));
  }

  private void multiScale(Test test, int series) {
    Color color = Style.color(series);
    double low = 100 * test.error().low();
    double high = 100 * test.error().high();
    XYSeries band =
        chart.addSeries(
            "band " + series,
            new double[] {left, right, right, left},
            new double[] {low, low, high, high});
    band.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    band.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 40));
    Style.draw(band, new Color(0, 0, 0, 0), Style.stroke(0), SeriesMarkers.NONE);
    band.setShowInLegend(false);
    double value = 100 * test.error().value();
    String scales = String.join(",", test.scales().stream().map(String::valueOf).toList());
    XYSeries line =
        chart.addSeries(
            test.group() + ", Q=" + scales + " averaged",
            new double[] {left, right},
            new double[] {value, value});
    Style.draw(line, color, Style.DASHED, SeriesMarkers.NONE);
  }
}
