package verydeep.benchmarks;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Each peer's time divided by ours, the median over the rounds: bars, a group for each work. */
final class RatioChart {

  private static final int WIDTH = 1040;
  private static final int HEIGHT = 460;

  /** Works of which the names have room beside each other. */
  private static final int FEW = 5;

  /** Pixels of a work where there are more, with its name aslant. */
  private static final int WORK = 125;

  /** Okabe and Ito's palette, two grays, and darker shades of three. */
  private static final Color[] COLORS = {
    new Color(0x00, 0x72, 0xb2),
    new Color(0x56, 0xb4, 0xe9),
    new Color(0x00, 0x9e, 0x73),
    new Color(0xe6, 0x9f, 0x00),
    new Color(0xd5, 0x5e, 0x00),
    new Color(0xcc, 0x79, 0xa7),
    new Color(0x50, 0x50, 0x50),
    new Color(0xa0, 0xa0, 0xa0),
    new Color(0xf0, 0xe4, 0x42),
    new Color(0x00, 0x3c, 0x5a),
    new Color(0x7a, 0x4a, 0x00),
    new Color(0x6f, 0x2c, 0x52)
  };

  private RatioChart() {}

  /** Draws what is in a CSV file into a PNG file of the same name. */
  static void draw(Path csv) throws IOException {
    List<Timing> timings = Results.read(csv);
    List<String> works = timings.stream().map(Timing::work).distinct().toList();
    List<String> contestants = timings.stream().map(Timing::contestant).distinct().toList();
    String ours = timings.get(0).contestant();
    boolean few = works.size() <= FEW;
    int width = few ? WIDTH : 300 + WORK * works.size();
    int height = few ? HEIGHT : HEIGHT + 140;
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(width)
            .height(height)
            .title("Time, in multiples of that of " + ours)
            .build();
    style(chart.getStyler(), contestants.size());
    chart.getStyler().setXAxisLabelRotation(few ? 0 : 35);
    for (String contestant : contestants) {
      chart.addSeries(
          contestant,
          works,
          works.stream()
              .map(work -> timings.stream().filter(one -> one.work().equals(work)).toList())
              .map(of -> Ratios.of(contestant, ours, of))
              .toList());
    }
    var image = new BufferedImage(2 * width, 2 * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(2, 2);
    chart.paint(graphics, width, height);
    graphics.dispose();
    ImageIO.write(image, "png", new File(csv.toString().replaceFirst("\\.csv$", "") + ".png"));
  }

  private static void style(CategoryStyler styler, int contestants) {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    styler.setLocale(Locale.ROOT);
    styler.setBaseFont(font);
    styler.setChartTitleFont(font.deriveFont(Font.BOLD, 16f));
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setAxisTickLabelsFont(font);
    styler.setLegendFont(font);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setSeriesColors(COLORS);
    styler.setLabelsVisible(true);
    styler.setLabelsFont(font.deriveFont(11f));
    styler.setLabelsPosition(1.08);
    styler.setDecimalPattern("0.0");
    styler.setYAxisMin(0.0);
    styler.setAvailableSpaceFill(contestants > 4 ? 0.9 : 0.6);
  }
}
