package verydeep.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.Table;
import verydeep.internal.report.Columns;
import verydeep.transfer.Features;

/** Features as a table, and what they are worth. */
final class FeatureTables {

  private FeatureTables() {}

  static Table features(Features features) {
    List<Integer> rows = IntStream.range(0, features.size()).boxed().toList();
    Table table =
        Table.create(
            features.network() + ", " + features.protocol(),
            Columns.text("file", rows, i -> features.file(i).toString()),
            Columns.text("class", rows, i -> features.classes().get(features.label(i))));
    List<float[]> vectors = rows.stream().map(features::vector).toList();
    for (int j = 0; j < features.dimension(); j++) {
      float[] values = new float[vectors.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = vectors.get(i)[j];
      }
      table.addColumns(FloatColumn.create("f" + (j + 1), values));
    }
    return table;
  }

  static Table byLayer(List<LayerResult> tests) {
    Map<String, List<LayerResult>> series = new LinkedHashMap<>();
    tests.forEach(t -> series.computeIfAbsent(t.series(), s -> new ArrayList<>()).add(t));
    List<List<LayerResult>> rows = List.copyOf(series.values());
    Table table =
        Table.create(
            "Right answers in percent, of a linear classifier on each layer's features",
            Columns.text("weights", rows, row -> row.get(0).weights()),
            Columns.text("protocol", rows, row -> row.get(0).protocol()));
    for (String layer : tests.stream().map(LayerResult::layer).distinct().toList()) {
      table.addColumns(Columns.text(layer, rows, row -> cell(row, layer)));
    }
    return table;
  }

  /** Empty where the layer was not tested. */
  private static String cell(List<LayerResult> row, String layer) {
    return row.stream()
        .filter(test -> test.layer().equals(layer))
        .findFirst()
        .map(
            test ->
                String.format(
                    Locale.ROOT,
                    "%.1f (%.0f to %.0f)",
                    test.accuracy(),
                    test.lowest(),
                    test.highest()))
        .orElse("");
  }
}
