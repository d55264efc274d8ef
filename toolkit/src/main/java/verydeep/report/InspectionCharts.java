package verydeep.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import verydeep.classification.Classification;
import verydeep.inspection.Faithfulness;
import verydeep.inspection.OptimizedImage;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Drawing;
import verydeep.internal.report.Legend;
import verydeep.internal.report.Style;

/** Curves of what was inspected. */
final class InspectionCharts {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 320;

  private InspectionCharts() {}

  static Figure of(Faithfulness faithfulness) {
    boolean posterior = faithfulness.kind() == Classification.Kind.POSTERIOR;
    XYChart chart =
        Style.lines(
            "pixels changed, %, the highest values first",
            posterior ? "posterior, %" : "decision value");
    double factor = posterior ? 100 : 1;
    double[] x = times(100, faithfulness.fractions());
    double[][] curves = {
      times(factor, faithfulness.deletion()), times(factor, faithfulness.insertion())
    };
    if (posterior) {
      chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
    }
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(100.0);
    for (int i = 0; i < curves.length; i++) {
      Style.draw(
          chart.addSeries("curve " + i, x, curves[i]),
          Style.color(i, curves.length),
          Style.LINE,
          SeriesMarkers.NONE);
    }
    List<String> names =
        List.of(
            "deletion, area " + faithfulness.kind().format(faithfulness.deletionArea()),
            "insertion, area " + faithfulness.kind().format(faithfulness.insertionArea()));
    return Figure.of(
        Drawing.of(
            surface -> {
              Canvas canvas =
                  new Canvas(
                      surface,
                      "How faithful the map of \"" + faithfulness.className() + "\" is",
                      faithfulness.method(),
                      Style.legend(names, Legend.Mark.LINE),
                      WIDTH,
                      HEIGHT);
              canvas.chart(chart, 0, 0, WIDTH, HEIGHT);
              return canvas;
            }));
  }

  private static double[] times(double factor, double[] values) {
    return DoubleStream.of(values).map(value -> factor * value).toArray();
  }

  static Figure losses(OptimizedImage image) {
    double[] losses = image.losses();
    double[] x = IntStream.rangeClosed(1, losses.length).asDoubleStream().toArray();
    boolean logarithmic = DoubleStream.of(losses).allMatch(loss -> loss > 0);
    XYChart chart = Style.lines("step", "loss");
    chart.getStyler().setYAxisLogarithmic(logarithmic);
    if (losses.length > 0) {
      Style.draw(chart.addSeries("loss", x, losses), Style.BLUE, Style.LINE, SeriesMarkers.NONE);
    }
    String subtitle =
        String.format(
            Locale.ROOT,
            "%d steps%s; %s",
            image.steps(),
            image.interrupted() ? ", interrupted" : "",
            String.join("; ", image.objectives()));
    String title = "Loss of an image being made";
    return Figure.of(
        Drawing.of(
            surface -> {
              Canvas canvas = new Canvas(surface, title, subtitle, List.of(), WIDTH, HEIGHT);
              canvas.chart(chart, 0, 0, WIDTH, HEIGHT);
              return canvas;
            }));
  }
}
