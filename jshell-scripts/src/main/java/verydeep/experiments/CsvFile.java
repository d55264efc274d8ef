package verydeep.experiments;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;
import tech.tablesaw.io.csv.CsvWriteOptions;
import verydeep.VerydeepException;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.ErrorRates;

/** Results as comma-separated values, one per line, and back without loss. */
final class CsvFile {

  private CsvFile() {}

  /** Writes lines, replacing an existing file; missing folders are created. */
  static <T> Path write(String file, Map<String, Function<T, Object>> columns, List<T> rows) {
    Table table = Table.create();
    columns.forEach(
        (name, value) ->
            table.addColumns(
                StringColumn.create(name, rows.stream().map(value).map(String::valueOf))));
    StringWriter text = new StringWriter();
    table.write().usingOptions(CsvWriteOptions.builder(text).build());
    Path path = Path.of(file);
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      return Files.writeString(path, text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads lines; every value is text. */
  static <T> List<T> read(String file, Function<Row, T> value) {
    try {
      CsvReadOptions.Builder texts =
          CsvReadOptions.builder(new StringReader(Files.readString(Path.of(file))))
              .columnTypes(name -> ColumnType.STRING);
      return Table.read().usingOptions(texts).stream().map(row -> value(file, row, value)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T value(String file, Row row, Function<Row, T> value) {
    try {
      return value.apply(row);
    } catch (RuntimeException e) {
      throw new VerydeepException(
          file + ", line " + (row.getRowNumber() + 2) + ": " + e.getMessage(), e);
    }
  }

  /** Returns the number of images wrong by five guesses; empty if there is no top-5 error. */
  static Object wrongTop5(ErrorRates errors) {
    return errors.top5().map(error -> String.valueOf(error.wrong())).orElse("");
  }

  /**
   * Returns counted errors: wrong by the first guess, wrong by five guesses, and the number of
   * images.
   */
  static ErrorRates errors(Row row, String top1, String top5, String images) {
    ErrorRate first = new ErrorRate(integer(row, top1), integer(row, images));
    return row.getString(top5).isEmpty()
        ? ErrorRates.of(first)
        : ErrorRates.of(first, new ErrorRate(integer(row, top5), integer(row, images)));
  }

  static int integer(Row row, String column) {
    return Integer.parseInt(row.getString(column));
  }
}
