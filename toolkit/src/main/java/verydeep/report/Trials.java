package verydeep.report;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;
import tech.tablesaw.io.csv.CsvWriteOptions;
import verydeep.weights.AtomicFile;

/**
 * Trials as a file of comma-separated values, a line a training: what a long experiment keeps, and
 * what its table and figure are made from.
 *
 * <pre>{@code
 * Trials.write(trials, "docs/depth.csv");
 * Charts.overSeeds(Trials.read("docs/depth.csv"));
 * }</pre>
 */
public final class Trials {

  private Trials() {}

  /**
   * Writes trials, whole or not at all, in place of what was there; missing folders are made.
   *
   * @param trials any number
   * @param file a path
   * @return the file
   * @throws ReportException if it cannot be written
   */
  public static Path write(List<Trial> trials, String file) {
    Path path = Path.of(file);
    StringWriter text = new StringWriter();
    TrialLines.table(trials).write().usingOptions(CsvWriteOptions.builder(text).build());
    try {
      AtomicFile.write(
          path.toAbsolutePath(),
          out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new ReportException("The trials cannot be written to " + file + ": " + e, e);
    }
    return path;
  }

  /**
   * Reads trials back.
   *
   * @param file written by {@link #write}
   * @return the trials in the order of the lines
   * @throws ReportException if it cannot be read, or is no such file; the message says where
   */
  public static List<Trial> read(String file) {
    Table table;
    try {
      String text = Files.readString(Path.of(file));
      table =
          Table.read()
              .usingOptions(
                  CsvReadOptions.builder(new StringReader(text))
                      .columnTypes(name -> ColumnType.STRING));
    } catch (IOException | RuntimeException e) {
      throw new ReportException("The trials in " + file + " cannot be read: " + e, e);
    }
    TrialLines.check(table.columnNames(), file);
    return IntStream.range(0, table.rowCount()).mapToObj(row -> read(table, row, file)).toList();
  }

  private static Trial read(Table table, int row, String file) {
    try {
      return TrialLines.trial(name -> table.stringColumn(name).get(row));
    } catch (RuntimeException e) {
      throw new ReportException(
          file + ", line " + (row + 2) + ", is no trial: " + e.getMessage(), e);
    }
  }
}
