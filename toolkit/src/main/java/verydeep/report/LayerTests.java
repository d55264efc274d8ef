package verydeep.report;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.ErrorRates;

/**
 * Tests of layers as a file of comma-separated values, a line a test.
 *
 * <pre>{@code
 * LayerTests.write(tests, "docs/transfer.csv");
 * Charts.transferByLayer(LayerTests.read("docs/transfer.csv"));
 * }</pre>
 */
public final class LayerTests {

  private static final String WHAT = "tests of layers";
  private static final Map<String, Function<LayerTest, Object>> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("weights", LayerTest::weights);
    COLUMNS.put("layer", LayerTest::layer);
    COLUMNS.put("protocol", LayerTest::protocol);
    COLUMNS.put("wrong_top1", t -> t.errors().top1().wrong());
    COLUMNS.put("wrong_top5", t -> t.errors().top5().wrong());
    COLUMNS.put("pictures", t -> t.errors().top1().pictures());
    COLUMNS.put("right_top1_percent", t -> String.format(Locale.ROOT, "%.2f", t.accuracy()));
    COLUMNS.put("command", LayerTest::command);
    COLUMNS.put("machine", LayerTest::machine);
    COLUMNS.put("tested", LayerTest::tested);
  }

  private LayerTests() {}

  /**
   * Writes tests, whole or not at all, in place of what was there; missing folders are made.
   *
   * @param tests any number
   * @param file a path
   * @return the file
   * @throws ReportException if it cannot be written
   */
  public static Path write(List<LayerTest> tests, String file) {
    return CsvFile.write(file, WHAT, COLUMNS, tests);
  }

  /**
   * Reads tests back.
   *
   * @param file written by {@link #write}
   * @return the tests in the order of the lines
   * @throws ReportException if it cannot be read, or is no such file; the message says where
   */
  public static List<LayerTest> read(String file) {
    return CsvFile.read(file, WHAT, COLUMNS.keySet(), LayerTests::test);
  }

  private static LayerTest test(UnaryOperator<String> line) {
    int pictures = Integer.parseInt(line.apply("pictures"));
    return new LayerTest(
        line.apply("weights"),
        line.apply("layer"),
        line.apply("protocol"),
        new ErrorRates(
            new ErrorRate(Integer.parseInt(line.apply("wrong_top1")), pictures),
            new ErrorRate(Integer.parseInt(line.apply("wrong_top5")), pictures)),
        line.apply("command"),
        line.apply("machine"),
        Instant.parse(line.apply("tested")));
  }
}
