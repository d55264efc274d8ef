package verydeep.report;

import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import verydeep.VerydeepException;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Drawing;
import verydeep.internal.report.Legend;
import verydeep.internal.report.Style;
import verydeep.localization.Localization;

/** The share of right images over the overlap that is required. */
final class OverlapChart {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 380;
  private static final int STEPS = 100;
  private static final double THRESHOLD = 0.5;

  private OverlapChart() {}

  static Figure of(List<Localization> tests) {
    if (tests.isEmpty()) {
      throw new VerydeepException("A chart of accuracy over IoU needs at least one test.");
    }
    XYChart chart = Style.lines("IoU above which a box is right", "right images, %");
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
    chart.getStyler().setXAxisDecimalPattern("0.0");
    Style.frame(chart, 0, 1);
    XYSeries ilsvrc =
        chart.addSeries("ILSVRC", new double[] {THRESHOLD, THRESHOLD}, new double[] {0, 100});
    Style.draw(ilsvrc, Style.FAINT, Style.DASHED, SeriesMarkers.NONE);
    double[] x = IntStream.rangeClosed(0, STEPS).mapToDouble(i -> (double) i / STEPS).toArray();
    for (int i = 0; i < tests.size(); i++) {
      Localization test = tests.get(i);
      double[] y =
          IntStream.rangeClosed(0, STEPS)
              .mapToDouble(step -> 100 - 100 * test.error((double) step / STEPS).value())
              .toArray();
      Style.draw(
          chart.addSeries("test " + i, x, y),
          Style.color(i, tests.size()),
          Style.LINE,
          SeriesMarkers.NONE);
    }
    List<String> names = tests.stream().map(t -> t.name() + ", " + t.protocol()).toList();
    return Figure.of(
        Drawing.of(
            surface -> {
              Canvas canvas =
                  new Canvas(
                      surface,
                      "Right images by the overlap that is required",
                      "the dashed line is ILSVRC's 0.5; "
                          + tests.get(0).images().size()
                          + " images",
                      Style.legend(names, Legend.Mark.LINE),
                      WIDTH,
                      HEIGHT);
              canvas.chart(chart, 0, 0, WIDTH, HEIGHT);
              return canvas;
            }));
  }
}
