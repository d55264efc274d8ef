package verydeep.internal.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The one look of all figures: fonts that every JDK has, colors that every eye can tell apart. */
public final class Style {

  public static final Color INK = new Color(0x22, 0x22, 0x22);
  public static final Color FAINT = new Color(0x70, 0x70, 0x70);
  public static final Color GRID = new Color(0xe4, 0xe4, 0xe4);

  /** From Okabe and Ito's palette, which people with color blindness can tell apart, too. */
  public static final Color BLUE = new Color(0x00, 0x72, 0xb2);

  public static final Color ORANGE = new Color(0xe6, 0x9f, 0x00);
  public static final Color GREEN = new Color(0x00, 0x9e, 0x73);
  public static final Color RED = new Color(0xd5, 0x5e, 0x00);

  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP
  };

  public static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  public static final Font SMALL = TEXT.deriveFont(11f);
  public static final Font TITLE = TEXT.deriveFont(Font.BOLD, 15f);

  public static final BasicStroke LINE = stroke(2f);
  public static final BasicStroke DASHED =
      new BasicStroke(
          1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {5, 4}, 0);

  private Style() {}

  /** Names and colors of series drawn with {@link #color}. */
  public static List<Legend.Entry> legend(List<String> names, Legend.Mark mark) {
    return IntStream.range(0, names.size())
        .mapToObj(i -> new Legend.Entry(names.get(i), color(i, names.size()), mark))
        .toList();
  }

  /** The color of one of several series. */
  public static Color color(int series, int count) {
    return SeriesColors.of(series, count);
  }

  /** With {@link #color}, forty series look different. */
  public static Marker marker(int series) {
    return MARKERS[mark(series)];
  }

  static int mark(int series) {
    return (series + series / SeriesColors.MOST) % MARKERS.length;
  }

  public static BasicStroke stroke(float width) {
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
  }

  /** A line with its markers, in one color. */
  public static void draw(XYSeries series, Color color, BasicStroke stroke, Marker marker) {
    series.setLineColor(color);
    series.setLineStyle(stroke);
    series.setMarker(marker);
    series.setMarkerColor(color);
  }

  public static XYChart lines(String xTitle, String yTitle) {
    XYChart chart = new XYChartBuilder().xAxisTitle(xTitle).yAxisTitle(yTitle).build();
    apply(chart.getStyler());
    return chart;
  }

  /**
   * Fixes the ends of the x axis. XChart sets its ticks at the data where they are evenly spaced,
   * even at 235.52; one series that is not, and out of sight, keeps it from doing so.
   */
  public static void frame(XYChart chart, double left, double right) {
    chart.getStyler().setXAxisMin(left).setXAxisMax(right);
    double[] x = {left, left + (right - left) / 3, right};
    XYSeries series = chart.addSeries("frame", x, new double[] {-1, -1, -1});
    series.setMarker(SeriesMarkers.NONE);
  }

  private static void apply(AxesChartStyler styler) {
    styler.setLocale(Locale.ROOT);
    styler.setBaseFont(TEXT);
    styler.setChartFontColor(INK);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setChartTitleVisible(false);
    styler.setChartPadding(14);
    styler.setPlotMargin(0);
    styler.setLegendVisible(false);
    styler.setPlotContentSize(0.999); // at 1 the ticks at the ends are missing
    styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
    styler.setMarkerSize(7);
    styler.setAxisTitleFont(TEXT);
    styler.setAxisTickLabelsFont(SMALL);
    styler.setAxisTickLabelsColor(INK);
    styler.setAxisTickMarksColor(FAINT);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(stroke(1f));
    styler.setPlotGridVerticalLinesVisible(false);
  }
}
