package verydeep.internal.report;

import java.awt.Graphics2D;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.knowm.xchart.XYChart;

/**
 * A chart of rows over one numeric axis, each with its name to the left, in two lines if it is
 * long, and its value to the right. XChart draws the axis; long labels on an axis of its own would
 * make it loop forever.
 */
public final class RowChart {

  private static final int PLOT = 480;
  private static final int ROW = 34;
  private static final int BELOW = 68;
  private static final int WIDEST_LABEL = 340;
  private static final int LINE = 15;

  private RowChart() {}

  /** Draws the middle of a row at height y; the operator maps a number to its place. */
  public interface Mark {
    void paint(Graphics2D graphics, DoubleUnaryOperator x, double y);
  }

  /** A row. */
  public record Row(String label, String value, Mark mark) {}

  public static Canvas of(
      Surface surface,
      String title,
      String subtitle,
      List<Legend.Entry> legend,
      String axis,
      double highest,
      List<Row> rows) {
    Canvas measure = new Canvas(1);
    List<List<String>> labels =
        rows.stream().map(r -> measure.inTwoLines(r.label(), Style.TEXT, WIDEST_LABEL)).toList();
    int left =
        24
            + labels.stream()
                .flatMap(List::stream)
                .mapToInt(line -> measure.width(line, Style.TEXT))
                .max()
                .orElse(0);
    int right =
        16 + rows.stream().mapToInt(r -> measure.width(r.value(), Style.TEXT)).max().orElse(0);
    int height = ROW * rows.size() + BELOW;
    int width = Math.max(left, 120) + PLOT + right;
    Canvas canvas = new Canvas(surface, title, subtitle, legend, width, height);
    XYChart chart = axis(axis, highest, rows.size());
    canvas.chart(chart, width - right - PLOT, 0, PLOT, height);
    // XChart gives no place in a plot that is lower than this
    chart.getStyler().setXAxisTickMarkSpacingHint(1);
    DoubleUnaryOperator x = value -> width - right - PLOT + chart.getScreenXFromChart(value);
    for (int i = 0; i < rows.size(); i++) {
      double y = canvas.top() + chart.getScreenYFromChart(rows.size() - i);
      rows.get(i).mark().paint(canvas.graphics(), x, y);
      double zero = x.applyAsDouble(0);
      List<String> label = labels.get(i);
      double baseline = y + 4 - LINE / 2.0 * (label.size() - 1);
      for (String line : label) {
        canvas.textEndingAt(line, zero - 10, baseline, Style.TEXT, Style.INK);
        baseline += LINE;
      }
      canvas.text(rows.get(i).value(), width - right + 4, y + 4, Style.TEXT, Style.INK);
    }
    return canvas;
  }

  private static XYChart axis(String title, double highest, int rows) {
    XYChart chart = Style.lines(title, "");
    chart.getStyler().setYAxisMin(0.5).setYAxisMax(rows + 0.5);
    chart.getStyler().setYAxisTicksVisible(false).setYAxisTitleVisible(false);
    chart.getStyler().setPlotGridHorizontalLinesVisible(false);
    chart.getStyler().setPlotGridVerticalLinesVisible(true);
    Style.frame(chart, 0, highest);
    return chart;
  }
}
