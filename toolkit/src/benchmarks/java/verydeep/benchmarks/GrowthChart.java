package verydeep.benchmarks;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** The times of {@link Growth} over the amount of work, a chart for each thing that is varied. */
final class GrowthChart {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 420;

  private GrowthChart() {}

  /** Draws what is in NAME.csv into NAME-classes.png, NAME-width.png, and so on. */
  static void draw(Path csv) throws IOException {
    String name = csv.toString().replaceFirst("\\.csv$", "");
    for (var one : byThing(Results.read(csv)).entrySet()) {
      draw(chart(one.getKey(), one.getValue()), new File(name + "-" + one.getKey() + ".png"));
    }
  }

  private static void draw(XYChart chart, File file) throws IOException {
    var image = new BufferedImage(2 * WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(2, 2);
    chart.paint(graphics, WIDTH, HEIGHT);
    graphics.dispose();
    ImageIO.write(image, "png", file);
  }

  /**
   * The power of the work by which the time grew between the last two amounts, a line for each
   * thing that is varied: 1 is linear.
   */
  static String powers(List<Timing> timings) {
    StringBuilder lines = new StringBuilder();
    byThing(timings)
        .forEach(
            (thing, times) -> {
              List<Integer> work = List.copyOf(times.keySet());
              if (work.size() > 1) {
                int last = work.get(work.size() - 1);
                int before = work.get(work.size() - 2);
                double power =
                    Math.log(times.get(last) / times.get(before))
                        / Math.log((double) last / before);
                lines.append(
                    String.format(
                        Locale.ROOT,
                        "%-8s grows by the work to the power of %.2f%n",
                        thing,
                        power));
              }
            });
    return lines.toString();
  }

  /** The median time for each amount of work, by what is varied. */
  private static Map<String, SortedMap<Integer, Double>> byThing(List<Timing> timings) {
    Map<String, SortedMap<Integer, Double>> things = new LinkedHashMap<>();
    Results.byWork(timings)
        .forEach(
            (work, its) -> {
              Matcher parts = Growth.WORK.matcher(work);
              if (parts.matches()) {
                double median = Spread.of(its.stream().map(Timing::milliseconds).toList()).median();
                things
                    .computeIfAbsent(parts.group(1), thing -> new TreeMap<>())
                    .put(Integer.parseInt(parts.group(3)), median);
              }
            });
    return things;
  }

  private static XYChart chart(String thing, SortedMap<Integer, Double> times) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Growth with " + thing)
            .xAxisTitle("work, in multiples of the least")
            .yAxisTitle("ms")
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.getStyler().setLocale(Locale.ROOT);
    List<Integer> work = List.copyOf(times.keySet());
    chart.addSeries("measured", work, List.copyOf(times.values()));
    double first = times.get(times.firstKey()) / times.firstKey();
    chart.addSeries("linear", work, work.stream().map(amount -> amount * first).toList());
    return chart;
  }
}
