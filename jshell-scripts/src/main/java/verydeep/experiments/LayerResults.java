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
 * Tests of layers as a file of comma-separated values, a line a test, as a table, and as a chart.
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
   * A linear SVM on each layer's features, all layers from one pass.
   *
   * @param weights whose features, in a few words
   * @param extractor of that network
   * @param photos to train on
   * @param test images to test on
   * @param command what makes them, such as {@code jshell-scripts/run transfer}
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

  /** Writes tests in place of what was there; missing folders are made. */
  public static Path write(List<LayerResult> tests, String file) {
    return CsvFile.write(file, COLUMNS, tests);
  }

  /** Reads tests back, in the order of the lines. */
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

  /** Layers of the same weights, viewed in the same way. */
  static Map<String, List<LayerResult>> series(List<LayerResult> tests) {
    return tests.stream()
        .collect(
            Collectors.groupingBy(LayerResult::series, LinkedHashMap::new, Collectors.toList()));
  }

  static List<String> layers(List<LayerResult> tests) {
    return tests.stream().map(LayerResult::layer).distinct().toList();
  }

  /**
   * How features transfer, by layer (appendix B): a row a set of weights and way to look at images,
   * a column a layer: the share of right answers with its 95% interval, in percent.
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

  /**
   * The share of images that a linear classifier on each layer's features gets right, with its 95%
   * interval; a line for each set of weights and way to look at the images. Layers stand in the
   * order in which they come first.
   */
  public static Figure chart(List<LayerResult> tests) {
    return LayerResultChart.of(tests);
  }
}
