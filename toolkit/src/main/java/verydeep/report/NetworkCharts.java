package verydeep.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import verydeep.VerydeepException;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Columns;
import verydeep.internal.report.Drawing;
import verydeep.internal.report.Legend;
import verydeep.internal.report.RowChart;
import verydeep.internal.report.Style;
import verydeep.network.Layer;
import verydeep.network.NetworkSummary;
import verydeep.network.Vgg;

/** What networks are made of, as charts. */
final class NetworkCharts {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 400;
  private static final int BAR = 20;

  /** From the first block of convolutions to the last, then the fully connected layers. */
  private static final Color[] BLOCKS = {
    new Color(0xc6, 0xdb, 0xef),
    new Color(0x9e, 0xca, 0xe1),
    new Color(0x5b, 0xa3, 0xcf),
    new Color(0x21, 0x71, 0xb5),
    new Color(0x08, 0x30, 0x6b),
    Style.ORANGE
  };

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
        "in the convolutions and in the three fully connected layers",
        "parameters, millions",
        "%.1f",
        networks,
        parts,
        row -> row.parameters() / 1e6);
  }

  static Figure cost(List<Vgg> networks) {
    return stacks(
        "Cost of one image, by block",
        "for an image of the size that the network is trained on",
        "multiply-accumulate operations, billions (GMACs)",
        "%.2f",
        networks,
        blocks(),
        row -> row.macs() / 1e9);
  }

  static Figure depth(List<Vgg> networks) {
    return stacks(
        "Weight layers, by block (Table 1)",
        "convolutions of the five blocks, and fully connected layers",
        "weight layers",
        "%.0f",
        networks,
        blocks(),
        row -> isWeightLayer(row.layer()) ? 1 : 0);
  }

  static Figure receptiveFields(List<Vgg> networks) {
    XYChart chart = Style.lines("convolution, counted from the input", "receptive field, pixels");
    Map<List<Integer>, String> lines = new LinkedHashMap<>(); // A and A-LRN have the same
    List<String> names = names(networks);
    for (int i = 0; i < networks.size(); i++) {
      lines.merge(fields(networks.get(i)), names.get(i), (one, other) -> one + " and " + other);
    }
    List<List<Integer>> fields = List.copyOf(lines.keySet());
    double deepest = 1;
    double widest = 1;
    for (int i = 0; i < fields.size(); i++) {
      int depth = fields.get(i).size();
      deepest = Math.max(deepest, depth);
      widest = Math.max(widest, fields.get(i).get(depth - 1));
      List<Integer> depths = IntStream.rangeClosed(1, depth).boxed().toList();
      XYSeries line = chart.addSeries(lines.get(fields.get(i)), depths, fields.get(i));
      // where lines coincide, the wider ones below still show
      BasicStroke stroke = Style.stroke(2 + 0.8f * (fields.size() - 1 - i));
      Style.draw(line, Style.color(i, fields.size()), stroke, Style.marker(i));
    }
    chart.getStyler().setXAxisMin(0.5).setXAxisMax(deepest + 0.5);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.05 * widest);
    return Figure.of(
        Drawing.of(
            surface -> {
              Canvas canvas =
                  new Canvas(
                      surface,
                      "Receptive field of each convolution (section 2.3)",
                      "side of the square of the image that one output can depend on",
                      Style.legend(List.copyOf(lines.values()), Legend.Mark.LINE),
                      WIDTH,
                      HEIGHT);
              canvas.chart(chart, 0, 0, WIDTH, HEIGHT);
              return canvas;
            }));
  }

  private static List<Integer> fields(Vgg network) {
    return network.summary().rows().stream()
        .filter(row -> row.layer() instanceof Layer.Convolution)
        .map(NetworkSummary.Row::receptiveField)
        .toList();
  }

  private static boolean isWeightLayer(Layer layer) {
    return layer instanceof Layer.Convolution || layer instanceof Layer.FullyConnected;
  }

  private static List<Part> blocks() {
    List<Part> parts = new ArrayList<>();
    for (int block = 1; block <= 5; block++) {
      String prefix = "conv" + block + "_";
      parts.add(
          new Part("block " + block, BLOCKS[block - 1], layer -> layer.name().startsWith(prefix)));
    }
    parts.add(new Part("fully connected", BLOCKS[5], Layer.FullyConnected.class::isInstance));
    return parts;
  }

  private static Figure stacks(
      String title,
      String subtitle,
      String axis,
      String format,
      List<Vgg> networks,
      List<Part> parts,
      ToDoubleFunction<NetworkSummary.Row> value) {
    List<String> names = names(networks);
    List<RowChart.Row> rows = new ArrayList<>();
    double highest = 0;
    for (int i = 0; i < networks.size(); i++) {
      List<NetworkSummary.Row> layers = networks.get(i).summary().rows();
      double sum = layers.stream().mapToDouble(value).sum();
      highest = Math.max(highest, sum);
      rows.add(
          new RowChart.Row(
              names.get(i),
              String.format(Locale.ROOT, format, sum),
              (graphics, x, y) -> paint(graphics, x, y, parts, layers, value)));
    }
    List<Legend.Entry> legend =
        parts.stream()
            .map(part -> new Legend.Entry(part.name(), part.color(), Legend.Mark.BOX))
            .toList();
    double end = 1.02 * highest;
    return Figure.of(
        Drawing.of(surface -> RowChart.of(surface, title, subtitle, legend, axis, end, rows)));
  }

  private static void paint(
      Graphics2D graphics,
      DoubleUnaryOperator x,
      double y,
      List<Part> parts,
      List<NetworkSummary.Row> layers,
      ToDoubleFunction<NetworkSummary.Row> value) {
    double from = 0;
    for (Part part : parts) {
      double to =
          from
              + layers.stream()
                  .filter(row -> part.layers().test(row.layer()))
                  .mapToDouble(value)
                  .sum();
      double left = x.applyAsDouble(from);
      graphics.setColor(part.color());
      graphics.fill(new Rectangle2D.Double(left, y - BAR / 2.0, x.applyAsDouble(to) - left, BAR));
      from = to;
    }
  }

  private static List<String> names(List<Vgg> networks) {
    if (networks.isEmpty()) {
      throw new VerydeepException("A chart of networks needs at least one network.");
    }
    return Columns.unique(networks.stream().map(Vgg::label).toList());
  }
}
