package verydeep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import verydeep.training.Epoch;

/** Loss and errors over epochs, side by side. */
final class LearningCurves {

  private static final int MOST_MARKERS = 25;

  private final List<Epoch> epochs;

  private LearningCurves(List<Epoch> epochs) {
    this.epochs = epochs;
  }

  static Figure of(String title, List<Epoch> epochs) {
    return new LearningCurves(List.copyOf(epochs)).draw(title);
  }

  private Figure draw(String title) {
    Canvas canvas = new Canvas(title, subtitle(), 920, Canvas.TOP + 340, 2);
    canvas.chart(loss(), 0, Canvas.TOP, 440, 340);
    canvas.chart(errors(), 450, Canvas.TOP, 470, 340);
    return canvas.figure();
  }

  private String subtitle() {
    if (epochs.isEmpty()) {
      return "no epoch is finished yet";
    }
    Epoch best = best();
    return String.format(
        Locale.ROOT,
        "%d epochs; lowest validation error after epoch %d: %s",
        epochs.size(),
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
    XYChart chart = axes("loss", 1.08 * Math.max(top, 1e-3));
    line(chart, "training loss", Epoch::loss, 4, SeriesMarkers.CIRCLE);
    return chart;
  }

  private XYChart errors() {
    double top = 0;
    for (Epoch epoch : epochs) {
      top = Math.max(top, epoch.training().value());
      top = Math.max(top, epoch.validation().top1().value());
    }
    XYChart chart = axes("top-1 error, %", epochs.isEmpty() ? 100 : Math.max(5, 108 * top));
    line(chart, "training", e -> 100 * e.training().value(), 0, SeriesMarkers.CIRCLE);
    line(chart, "validation", e -> 100 * e.validation().top1().value(), 1, SeriesMarkers.SQUARE);
    if (!epochs.isEmpty()) {
      Epoch best = best();
      XYSeries mark =
          chart.addSeries(
              "best epoch",
              new double[] {best.number()},
              new double[] {100 * best.validation().top1().value()});
      Style.dots(mark, Style.INK, SeriesMarkers.DIAMOND);
    }
    return chart;
  }

  /** Axes from 0, epochs in whole numbers, a dashed line where the learning rate falls. */
  private XYChart axes(String yTitle, double top) {
    XYChart chart = Style.lines("epoch", yTitle);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(Math.max(4.0, epochs.size() + 0.5));
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(top);
    chart
        .getStyler()
        .setXAxisTickLabelsFormattingFunction(
            x -> x == Math.rint(x) ? String.format(Locale.ROOT, "%.0f", x) : " ");
    boolean first = true;
    for (int i = 1; i < epochs.size(); i++) {
      if (epochs.get(i).rate() < epochs.get(i - 1).rate()) {
        double x = epochs.get(i).number() - 0.5;
        String name = first ? "rate falls" : "rate falls at " + epochs.get(i).number();
        XYSeries fall = chart.addSeries(name, new double[] {x, x}, new double[] {0, top});
        Style.draw(fall, Style.FAINT, Style.DASHED, SeriesMarkers.NONE);
        fall.setShowInLegend(first);
        first = false;
      }
    }
    return chart;
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
    if (x.isEmpty()) { // XChart draws no axes without a point: one out of sight
      x.add(-1.0);
      y.add(-1.0);
    }
    XYSeries series = chart.addSeries(name, x, y);
    Style.draw(
        series,
        Style.color(color),
        Style.LINE,
        x.size() > MOST_MARKERS ? SeriesMarkers.NONE : marker);
  }
}
