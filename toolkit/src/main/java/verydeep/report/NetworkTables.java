package verydeep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import verydeep.data.TrainingScale;
import verydeep.internal.report.Columns;
import verydeep.network.Configuration;
import verydeep.network.Layer;
import verydeep.network.NetworkSummary;
import verydeep.network.Vgg;

/** Tables of networks: what they are made of, before any training. */
final class NetworkTables {

  /** The three fully connected layers of every configuration, in the words of Table 1. */
  private static final List<String> CLASSIFIER =
      List.of("FC-4096", "FC-4096", "FC-1000", "soft-max");

  private static final List<Configuration> ALL = Configuration.table1();

  private NetworkTables() {}

  private record Line(
      String layer,
      String kernel,
      String output,
      Integer field,
      Integer stride,
      Integer offset,
      long parameters,
      long macs) {}

  static Table layers(NetworkSummary summary) {
    List<Line> lines = new ArrayList<>();
    for (NetworkSummary.Row row : summary.rows()) {
      Layer layer = row.layer();
      if (!(layer instanceof Layer.Relu || layer instanceof Layer.Dropout)) {
        lines.add(
            new Line(
                layer.name(),
                kernel(layer),
                row.output().toString(),
                row.receptiveField(),
                row.stride(),
                row.offset(),
                row.parameters(),
                row.macs()));
      }
    }
    lines.add(new Line("total", "", "", null, null, null, summary.parameters(), summary.macs()));
    String name =
        "VGG %s, for an image of %dx%d pixels (Table 1)"
            .formatted(summary.network().label(), summary.height(), summary.width());
    return Table.create(
        name,
        Columns.text("layer", lines, Line::layer),
        Columns.text("kernel", lines, Line::kernel),
        Columns.text("output", lines, Line::output),
        Columns.count("receptive field, pixels", lines, Line::field),
        Columns.count("stride", lines, Line::stride),
        Columns.count("offset", lines, Line::offset),
        Columns.count("parameters", lines, Line::parameters),
        Columns.count("MACs", lines, Line::macs));
  }

  private static String kernel(Layer layer) {
    if (layer instanceof Layer.LocalResponseNormalization lrn) {
      return lrn.neighbours() + " channels";
    }
    return layer instanceof Layer.BatchNormalization ? "" : layer.kernel() + "x" + layer.kernel();
  }

  static Table configurations() {
    List<String> names = new ArrayList<>();
    List<List<String>> columns = new ArrayList<>();
    ALL.forEach(configuration -> columns.add(new ArrayList<>()));
    add(names, columns, "weight layers", c -> List.of(String.valueOf(c.weightLayers())));
    for (int block = 0; block < Configuration.A.blocks().size(); block++) {
      int at = block;
      add(names, columns, "block " + (block + 1), c -> List.of(c.blocks().get(at).split(" ", -1)));
      add(names, columns, "", c -> List.of("maxpool"));
    }
    add(names, columns, "classifier", c -> CLASSIFIER);
    Table table =
        Table.create("ConvNet configurations (Table 1)", StringColumn.create("part", names));
    for (int i = 0; i < columns.size(); i++) {
      table.addColumns(StringColumn.create(ALL.get(i).label(), columns.get(i)));
    }
    return table;
  }

  /** Adds as many rows as the longest column needs; the shorter ones end with empty cells. */
  private static void add(
      List<String> names,
      List<List<String>> columns,
      String name,
      Function<Configuration, List<String>> words) {
    List<List<String>> cells = ALL.stream().map(words).toList();
    int height = cells.stream().mapToInt(List::size).max().orElse(0);
    for (int row = 0; row < height; row++) {
      names.add(row == 0 ? name : "");
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).add(row < cells.get(i).size() ? cells.get(i).get(row) : "");
      }
    }
  }

  static Table parameters() {
    List<Vgg> networks = ALL.stream().map(c -> Vgg.of(c).build()).toList();
    Predicate<Layer> connected = Layer.FullyConnected.class::isInstance;
    return Table.create(
        "Parameters and cost at 224x224 pixels (Table 2, and what follows from Table 1)",
        Columns.text("network", networks, Vgg::label),
        Columns.count("weight layers", networks, n -> n.configuration().weightLayers()),
        Columns.count(
            "paper, millions", networks, n -> PaperResults.millionsOfParameters(n.configuration())),
        Columns.count("parameters", networks, Vgg::parameterCount),
        Columns.count("of convolutions", networks, n -> parameters(n, connected.negate())),
        Columns.count("of fully connected", networks, n -> parameters(n, connected)),
        Columns.decimal("GMACs", 3, networks, n -> n.summary().macs() / 1e9),
        Columns.count("field of pool5", networks, n -> n.summary().row("pool5").receptiveField()),
        Columns.count("field of fc6", networks, n -> n.summary().row("fc6").receptiveField()));
  }

  static long parameters(Vgg network, Predicate<Layer> which) {
    return network.summary().rows().stream()
        .filter(row -> which.test(row.layer()))
        .mapToLong(NetworkSummary.Row::parameters)
        .sum();
  }

  /** Rows of the paper, each with one training scale and one view. */
  static Table errors(String name, List<PaperResults.Row> rows) {
    return Table.create(
        name,
        Columns.text("network", rows, PaperResults.Row::network),
        Columns.text("trained at S", rows, row -> sides(row.trained().get(0))),
        Columns.text(
            "tested at Q",
            rows,
            row ->
                row.views().get(0).scales().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(","))),
        Columns.decimal("top-1 error %", 1, rows, PaperResults.Row::top1),
        Columns.decimal("top-5 error %", 1, rows, PaperResults.Row::top5));
  }

  private static String sides(TrainingScale scale) {
    return scale.smallest() == scale.largest()
        ? String.valueOf(scale.smallest())
        : "[" + scale.smallest() + ";" + scale.largest() + "]";
  }
}
