package verydeep.report;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;
import tech.tablesaw.io.csv.CsvWriteOptions;
import verydeep.VerydeepException;
import verydeep.internal.files.AtomicFile;

/** Results as comma-separated values, a line each, and back without loss. */
final class CsvFile {

  private CsvFile() {}

  /**
   * Writes lines, whole or not at all, in place of what was there; missing folders are made.
   *
   * @param what what they are, in the plural
   */
  static <T> Path write(
      String file, String what, Map<String, Function<T, Object>> columns, List<T> rows) {
    Path path = Path.of(file);
    Table table = Table.create(what);
    columns.forEach(
        (name, value) ->
            table.addColumns(
                StringColumn.create(name, rows.stream().map(value).map(String::valueOf))));
    StringWriter text = new StringWriter();
    table.write().usingOptions(CsvWriteOptions.builder(text).build());
    try {
      AtomicFile.write(
          path.toAbsolutePath(),
          out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new VerydeepException("The " + what + " cannot be written to " + file + ": " + e, e);
    }
    return path;
  }

  /**
   * Reads lines.
   *
   * @param what what they are, in the plural
   * @param columns that must be there
   * @param row makes one of a line, which is given as the text in each column
   */
  static <T> List<T> read(
      String file,
      String what,
      Collection<String> columns,
      Function<UnaryOperator<String>, T> row) {
    Table table;
    try {
      String text = Files.readString(Path.of(file));
      table =
          Table.read()
              .usingOptions(
                  CsvReadOptions.builder(new StringReader(text))
                      .columnTypes(name -> ColumnType.STRING));
    } catch (IOException | RuntimeException e) {
      throw new VerydeepException("The " + what + " in " + file + " cannot be read: " + e, e);
    }
    List<String> names = table.columnNames();
    List<String> missing = columns.stream().filter(name -> !names.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new VerydeepException(
          file
              + " holds no "
              + what
              + ": it lacks the columns "
              + String.join(", ", missing)
              + ".");
    }
    return IntStream.range(0, table.rowCount())
        .mapToObj(
            i -> {
              try {
                return row.apply(name -> table.stringColumn(name).get(i));
              } catch (RuntimeException e) {
                throw new VerydeepException(
                    file + ", line " + (i + 2) + ", is none of the " + what + ": " + e.getMessage(),
                    e);
              }
            })
        .toList();
  }
}
