package verydeep.experiments;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import verydeep.data.Images;
import verydeep.internal.report.Columns;
import verydeep.report.Figure;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;
import verydeep.transfer.LinearSvm;

/**
 * Tests of layers as a file of comma-separated values with one line per test, as a table, and as a
 * chart.
 *
 * <pre>{@code
 * LayerResults.write(tests, "docs/transfer.csv");
 * LayerResults.chart(LayerResults.read("docs/transfer.csv"));
 * }</pre>
 */
public final class LayerResults {

  private static final Map<String, Function<LayerResult, Object>> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("weights", LayerResult::weights);
    COLUMNS.put("layer", LayerResult::layer);
    COLUMNS.put("protocol", LayerResult::protocol);
    COLUMNS.put("wrong_top1", t -> t.errors().top1().wrong());
    COLUMNS.put("wrong_top5", t -> CsvFile.wrongTop5(t.errors()));
    COLUMNS.put("pictures", t -> t.errors().top1().images());
    COLUMNS.put("right_top1_percent", t -> String.format(Locale.ROOT, "%.2f", t.accuracy()));
    COLUMNS.put("command", LayerResult::command);
    COLUMNS.put("machine", LayerResult::machine);
    COLUMNS.put("tested", LayerResult::tested);
  }

  private LayerResults() {}

  /**
   * Trains and tests a linear SVM on each layer's features, all layers from one pass.
   *
   * @param weights the weights that made the features, in a few words
   * @param extractor the extractor for that network
   * @param photos the training images
   * @param test the test images
   * @param command the command that makes them, such as {@code jshell-scripts/run transfer}
   */
  public static List<LayerResult> of(
      String weights, FeatureExtractor extractor, Images photos, Images test, String command) {
    Map<String, Features> known = extractor.runByLayer(photos);
    Map<String, Features> fresh = extractor.runByLayer(test);
    return known.keySet().stream()
        .map(
            layer ->
                LayerResult.of(
                    weights,
                    layer,
                    command,
                    LinearSvm.of(known.get(layer)).run().test(fresh.get(layer))))
        .toList();
  }

  /** Writes tests, replacing an existing file; missing folders are created. */
  public static Path write(List<LayerResult> tests, String file) {
    return CsvFile.write(file, COLUMNS, tests);
  }

  /** Reads tests in the order of the lines. */
  public static List<LayerResult> read(String file) {
    return CsvFile.read(file, LayerResults::test);
  }

  private static LayerResult test(Row row) {
    return new LayerResult(
        row.getString("weights"),
        row.getString("layer"),
        row.getString("protocol"),
        CsvFile.errors(row, "wrong_top1", "wrong_top5", "pictures"),
        row.getString("command"),
        row.getString("machine"),
        Instant.parse(row.getString("tested")));
  }

  /** Returns layers of the same weights with the same views. */
  static Map<String, List<LayerResult>> series(List<LayerResult> tests) {
    return tests.stream()
        .collect(
            Collectors.groupingBy(LayerResult::series, LinkedHashMap::new, Collectors.toList()));
  }

  static List<String> layers(List<LayerResult> tests) {
    return tests.stream().map(LayerResult::layer).distinct().toList();
  }

  /**
   * Returns how features transfer by layer (appendix B): one row per set of weights and views, one
   * column per layer, with the accuracy and its 95% interval in percent.
   */
  public static Table table(List<LayerResult> tests) {
    List<List<LayerResult>> rows = List.copyOf(series(tests).values());
    Table table =
        Table.create(
            "Right answers in percent, of a linear classifier on each layer's features",
            Columns.text("weights", rows, row -> row.get(0).weights()),
            Columns.text("protocol", rows, row -> row.get(0).protocol()));
    for (String layer : layers(tests)) {
      table.addColumns(Columns.text(layer, rows, row -> cell(row, layer)));
    }
    return table;
  }

  /** Returns a cell; empty where the layer was not tested. */
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

  /**
   * Draws the accuracy of a linear classifier on each layer's features, with its 95% interval; one
   * line per set of weights and views. Layers are in the order of their first appearance.
   */
  public static Figure chart(List<LayerResult> tests) {
    return LayerResultChart.of(tests);
  }
}
