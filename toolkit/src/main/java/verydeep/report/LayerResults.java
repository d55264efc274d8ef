package verydeep.report;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import verydeep.VerydeepException;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.ErrorRates;

/**
 * Tests of layers as a file of comma-separated values, a line a test.
 *
 * <pre>{@code
 * LayerResults.write(tests, "docs/transfer.csv");
 * Charts.transferByLayer(LayerResults.read("docs/transfer.csv"));
 * }</pre>
 */
public final class LayerResults {

  private static final String WHAT = "tests of layers";
  private static final Map<String, Function<LayerResult, Object>> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("weights", LayerResult::weights);
    COLUMNS.put("layer", LayerResult::layer);
    COLUMNS.put("protocol", LayerResult::protocol);
    COLUMNS.put("wrong_top1", t -> t.errors().top1().wrong());
    COLUMNS.put("wrong_top5", t -> t.errors().top5().wrong());
    COLUMNS.put("pictures", t -> t.errors().top1().images());
    COLUMNS.put("right_top1_percent", t -> String.format(Locale.ROOT, "%.2f", t.accuracy()));
    COLUMNS.put("command", LayerResult::command);
    COLUMNS.put("machine", LayerResult::machine);
    COLUMNS.put("tested", LayerResult::tested);
  }

  private LayerResults() {}

  /**
   * Writes tests, whole or not at all, in place of what was there; missing folders are made.
   *
   * @param tests any number
   * @param file a path
   * @return the file
   * @throws VerydeepException if it cannot be written
   */
  public static Path write(List<LayerResult> tests, String file) {
    return CsvFile.write(file, WHAT, COLUMNS, tests);
  }

  /**
   * Reads tests back.
   *
   * @param file written by {@link #write}
   * @return the tests in the order of the lines
   * @throws VerydeepException if it cannot be read, or is no such file; the message says where
   */
  public static List<LayerResult> read(String file) {
    return CsvFile.read(file, WHAT, COLUMNS.keySet(), LayerResults::test);
  }

  private static LayerResult test(UnaryOperator<String> line) {
    int images = Integer.parseInt(line.apply("pictures"));
    return new LayerResult(
        line.apply("weights"),
        line.apply("layer"),
        line.apply("protocol"),
        new ErrorRates(
            new ErrorRate(Integer.parseInt(line.apply("wrong_top1")), images),
            new ErrorRate(Integer.parseInt(line.apply("wrong_top5")), images)),
        line.apply("command"),
        line.apply("machine"),
        Instant.parse(line.apply("tested")));
  }
}
