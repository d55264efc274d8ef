package verydeep.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import verydeep.network.Layer;
import verydeep.network.NetworkSummary;
import verydeep.network.Vgg;

/** What networks are made of, as pictures. */
final class NetworkCharts {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 400;

  private NetworkCharts() {}

  /** A part of each bar: some layers of each network. */
  private record Part(String name, Color color, Predicate<Layer> layers) {}

  static Figure parameters(List<Vgg> networks) {
    Predicate<Layer> connected = Layer.FullyConnected.class::isInstance;
    List<Part> parts =
        List.of(
            new Part("convolutions", Style.BLUE, connected.negate()),
            new Part("fully connected layers", Style.ORANGE, connected));
    return stacks(
        "Parameters (Table 2)",
        "most of them are in the fully connected layers",
        "parameters, millions",
        networks,
        parts,
        row -> row.parameters() / 1e6);
  }

  static Figure cost(List<Vgg> networks) {
    return stacks(
        "Cost of one picture, by block",
        "multiplications with an addition, for a picture of the training size",
        "GMACs",
        networks,
        blocks(),
        row -> row.macs() / 1e9);
  }

  static Figure depth(List<Vgg> networks) {
    return stacks(
        "Weight layers, by block (Table 1)",
        "convolutions of the five blocks, and fully connected layers",
        "weight layers",
        networks,
        blocks(),
        row -> isWeightLayer(row.layer()) ? 1 : 0);
  }

  static Figure receptiveFields(List<Vgg> networks) {
    XYChart chart = Style.lines("convolution, counted from the input", "receptive field, pixels");
    chart.getStyler().setXAxisMin(0.0).setYAxisMin(0.0);
    List<String> names = names(networks);
    for (int i = 0; i < networks.size(); i++) {
      List<Integer> fields = new ArrayList<>();
      List<Integer> depths = new ArrayList<>();
      for (NetworkSummary.Row row : networks.get(i).summary().rows()) {
        if (row.layer() instanceof Layer.Convolution) {
          fields.add(row.receptiveField());
          depths.add(depths.size() + 1);
        }
      }
      Style.draw(
          chart.addSeries(names.get(i), depths, fields),
          Style.color(i),
          Style.LINE,
          Style.marker(i));
    }
    Canvas canvas =
        new Canvas(
            "Receptive field of each convolution",
            "side of the square of the picture that one output can depend on",
            WIDTH,
            Canvas.TOP + HEIGHT,
            2);
    canvas.chart(chart, 0, Canvas.TOP, WIDTH, HEIGHT);
    return canvas.figure();
  }

  private static boolean isWeightLayer(Layer layer) {
    return layer instanceof Layer.Convolution || layer instanceof Layer.FullyConnected;
  }

  private static List<Part> blocks() {
    List<Part> parts = new ArrayList<>();
    for (int block = 1; block <= 5; block++) {
      String prefix = "conv" + block + "_";
      parts.add(
          new Part(
              "block " + block, Style.BLOCKS[block - 1], layer -> layer.name().startsWith(prefix)));
    }
    parts.add(new Part("fully connected", Style.BLOCKS[5], Layer.FullyConnected.class::isInstance));
    return parts;
  }

  private static Figure stacks(
      String title,
      String subtitle,
      String yTitle,
      List<Vgg> networks,
      List<Part> parts,
      ToDoubleFunction<NetworkSummary.Row> value) {
    CategoryChart chart = Style.stacks("network", yTitle);
    double highest = 0;
    for (Part part : parts) {
      List<Double> heights =
          networks.stream()
              .map(
                  network ->
                      network.summary().rows().stream()
                          .filter(row -> part.layers().test(row.layer()))
                          .mapToDouble(value)
                          .sum())
              .toList();
      chart.addSeries(part.name(), names(networks), heights).setFillColor(part.color());
    }
    for (Vgg network : networks) {
      highest = Math.max(highest, network.summary().rows().stream().mapToDouble(value).sum());
    }
    chart.getStyler().setYAxisMax(1.1 * highest);
    chart.getStyler().setLabelsVisible(false).setShowStackSum(true);
    chart.getStyler().setDecimalPattern(highest >= 100 ? "#,##0" : "#,##0.##");
    Canvas canvas = new Canvas(title, subtitle, WIDTH, Canvas.TOP + HEIGHT, 2);
    canvas.chart(chart, 0, Canvas.TOP, WIDTH, HEIGHT);
    return canvas.figure();
  }

  private static List<String> names(List<Vgg> networks) {
    if (networks.isEmpty()) {
      throw new ReportException("A chart of networks needs at least one network.");
    }
    return Columns.unique(networks.stream().map(Vgg::label).toList());
  }
}
