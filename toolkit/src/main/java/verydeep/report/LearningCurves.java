package verydeep.report;

import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Drawing;
import verydeep.internal.report.Legend;
import verydeep.internal.report.Style;
import verydeep.internal.report.Surface;
import verydeep.training.Epoch;

/** Loss and errors over epochs, side by side. */
final class LearningCurves {

  private static final int PANEL = 460;
  private static final int HEIGHT = 320;
  private static final int MOST_MARKERS = 25;
  private static final double RING = 7.5;

  private final List<Epoch> epochs;

  private LearningCurves(List<Epoch> epochs) {
    this.epochs = epochs;
  }

  static Figure of(String title, List<Epoch> epochs) {
    return new LearningCurves(List.copyOf(epochs)).draw(title);
  }

  private Figure draw(String title) {
    List<Legend.Entry> legend = new ArrayList<>();
    legend.add(new Legend.Entry("training", Style.color(0, 2), Legend.Mark.LINE));
    legend.add(new Legend.Entry("validation", Style.color(1, 2), Legend.Mark.LINE));
    if (!epochs.isEmpty()) {
      legend.add(new Legend.Entry("best epoch", Style.INK, Legend.Mark.RING));
    }
    if (IntStream.range(1, epochs.size()).anyMatch(this::falls)) {
      legend.add(new Legend.Entry("learning rate drops", Style.FAINT, Legend.Mark.DASHES));
    }
    return Figure.of(Drawing.of(surface -> draw(surface, title, legend)));
  }

  private Canvas draw(Surface surface, String title, List<Legend.Entry> legend) {
    Canvas canvas = new Canvas(surface, title, subtitle(), legend, 2 * PANEL, HEIGHT);
    canvas.chart(loss(), 0, 0, PANEL, HEIGHT);
    XYChart errors = errors();
    canvas.chart(errors, PANEL, 0, PANEL, HEIGHT);
    if (!epochs.isEmpty()) {
      Epoch best = best();
      double x = PANEL + errors.getScreenXFromChart(best.number());
      double y = canvas.top() + errors.getScreenYFromChart(100 * best.validation().top1().value());
      canvas.graphics().setColor(Style.INK);
      canvas.graphics().setStroke(Style.LINE);
      canvas.graphics().draw(new Ellipse2D.Double(x - RING, y - RING, 2 * RING, 2 * RING));
    }
    return canvas;
  }

  private String subtitle() {
    if (epochs.isEmpty()) {
      return "no epoch has finished yet";
    }
    Epoch best = best();
    return String.format(
        Locale.ROOT,
        "%s; lowest validation error after epoch %d: %s",
        epochs.size() == 1 ? "1 epoch" : epochs.size() + " epochs",
        best.number(),
        best.validation().top1());
  }

  private Epoch best() {
    Epoch best = epochs.get(0);
    for (Epoch epoch : epochs) {
      if (epoch.validation().top1().value() < best.validation().top1().value()) {
        best = epoch;
      }
    }
    return best;
  }

  private XYChart loss() {
    double top = epochs.stream().mapToDouble(Epoch::loss).filter(Double::isFinite).max().orElse(1);
    XYChart chart = axes("loss, mean of the epoch", 1.08 * Math.max(top, 1e-3));
    line(chart, "training", Epoch::loss, 0, SeriesMarkers.CIRCLE);
    return chart;
  }

  private XYChart errors() {
    double top = 0;
    for (Epoch epoch : epochs) {
      top = Math.max(top, epoch.training().top1().value());
      top = Math.max(top, epoch.validation().top1().value());
    }
    String title = !epochs.isEmpty() && ofBoxes() ? "error, %" : "top-1 error, %";
    XYChart chart = axes(title, epochs.isEmpty() ? 100 : Math.max(5, 108 * top));
    line(chart, "training", e -> 100 * e.training().top1().value(), 0, SeriesMarkers.CIRCLE);
    line(chart, "validation", e -> 100 * e.validation().top1().value(), 1, SeriesMarkers.SQUARE);
    return chart;
  }

  /** Boxes, and five classes or fewer, have one error. */
  private boolean ofBoxes() {
    return epochs.stream().allMatch(epoch -> epoch.validation().top5().isEmpty());
  }

  /** Axes from 0, epochs as whole numbers, a dashed line where the learning rate drops. */
  private XYChart axes(String yTitle, double top) {
    XYChart chart = Style.lines("epoch", yTitle);
    chart.getStyler().setXAxisMin(0.5).setXAxisMax(Math.max(4, epochs.size()) + 0.5);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(top);
    chart.getStyler().setXAxisDecimalPattern("0").setYAxisDecimalPattern("0.####");
    for (int i = 1; i < epochs.size(); i++) {
      if (falls(i)) {
        double x = epochs.get(i).number() - 0.5;
        XYSeries fall = chart.addSeries("fall " + i, new double[] {x, x}, new double[] {0, top});
        Style.draw(fall, Style.FAINT, Style.DASHED, SeriesMarkers.NONE);
      }
    }
    return chart;
  }

  private boolean falls(int index) {
    return epochs.get(index).rate() < epochs.get(index - 1).rate();
  }

  private void line(
      XYChart chart, String name, ToDoubleFunction<Epoch> value, int color, Marker marker) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (Epoch epoch : epochs) {
      if (Double.isFinite(value.applyAsDouble(epoch))) {
        x.add((double) epoch.number());
        y.add(value.applyAsDouble(epoch));
      }
    }
    if (x.isEmpty()) { // XChart draws no axes without a point, so there is one out of sight
      x.add(-1.0);
      y.add(-1.0);
    }
    XYSeries series = chart.addSeries(name, x, y);
    Style.draw(
        series,
        Style.color(color, 2),
        Style.LINE,
        x.size() > MOST_MARKERS ? SeriesMarkers.NONE : marker);
  }
}
