package verydeep.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Drawing;
import verydeep.internal.report.Legend;
import verydeep.internal.report.Style;
import verydeep.transfer.Features;

/** Features in the plane of their first two principal components, colored by class. */
final class FeatureMap {

  private static final int SIDE = 560;

  /** With more classes, colors and marks repeat. */
  private static final int MOST_CLASSES = 40;

  private static final int TRANSPARENCY = 170;

  private FeatureMap() {}

  static Figure of(Features features) {
    PrincipalComponents components =
        PrincipalComponents.of(
            IntStream.range(0, features.size()).mapToObj(features::vector).toList(), 2);
    XYChart chart = Style.lines(axis("first", components, 0), axis("second", components, 1));
    chart.getStyler().setPlotGridVerticalLinesVisible(true);
    chart.getStyler().setMarkerSize(6);
    chart.getStyler().setXAxisMin(end(features, components, 0, false));
    chart.getStyler().setXAxisMax(end(features, components, 0, true));
    chart.getStyler().setYAxisMin(end(features, components, 1, false));
    chart.getStyler().setYAxisMax(end(features, components, 1, true));
    List<Legend.Entry> legend = new ArrayList<>();
    for (int label = 0; label < features.classes().size(); label++) {
      int own = label;
      int[] members =
          IntStream.range(0, features.size()).filter(i -> features.label(i) == own).toArray();
      if (members.length > 0) {
        Color color = Style.color(label, features.classes().size());
        legend.add(new Legend.Entry(features.classes().get(label), color, Legend.mark(label)));
        XYSeries series =
            chart.addSeries(
                "class " + label,
                IntStream.of(members).mapToDouble(i -> components.coordinate(i, 0)).toArray(),
                IntStream.of(members).mapToDouble(i -> components.coordinate(i, 1)).toArray());
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarker(Style.marker(label));
        series.setMarkerColor(
            new Color(color.getRed(), color.getGreen(), color.getBlue(), TRANSPARENCY));
      }
    }
    List<Legend.Entry> shown = legend.size() > MOST_CLASSES ? List.of() : legend;
    return Figure.of(
        Drawing.of(
            surface -> {
              Canvas canvas =
                  new Canvas(
                      surface,
                      "Map of features: where images differ most (PCA)",
                      String.format(
                          Locale.ROOT,
                          "%s, %s, %,d images of %d classes",
                          features.network(),
                          features.protocol(),
                          features.size(),
                          legend.size()),
                      shown,
                      SIDE + 80,
                      SIDE);
              canvas.chart(chart, 0, 0, SIDE + 80, SIDE);
              return canvas;
            }));
  }

  private static String axis(String which, PrincipalComponents components, int component) {
    double percent = 100 * components.share(component);
    return String.format(
        Locale.ROOT, "%s principal component, %.1f%% of the variance", which, percent);
  }

  /** A little beyond the outermost images. */
  private static double end(
      Features of, PrincipalComponents components, int component, boolean up) {
    double[] all =
        IntStream.range(0, of.size())
            .mapToDouble(i -> components.coordinate(i, component))
            .toArray();
    double low = DoubleStream.of(all).min().orElse(0);
    double high = DoubleStream.of(all).max().orElse(0);
    double margin = high > low ? 0.05 * (high - low) : 1;
    return up ? high + margin : low - margin;
  }
}
