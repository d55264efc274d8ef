package verydeep.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/**
 * A table for a terminal. Tablesaw's own print aligns text to the right, does not wrap long headers
 * or text, and needs five characters between columns; our tables would not fit into a window.
 */
final class TableText {

  private static final int WIDTH = 100;
  private static final int NARROWEST_TEXT = 12;
  private static final String GAP = "  ";

  private final Table table;
  private final boolean[] numeric;
  private final int[] widths;

  private TableText(Table table) {
    this.table = table;
    int columns = table.columnCount();
    this.numeric = new boolean[columns];
    this.widths = new int[columns];
    for (int c = 0; c < columns; c++) {
      numeric[c] = table.column(c) instanceof NumericColumn;
      widths[c] = longestWord(table.column(c).name());
      for (int r = 0; r < table.rowCount(); r++) {
        widths[c] = Math.max(widths[c], cell(r, c).length());
      }
    }
    narrow();
  }

  static String of(Table table) {
    return new TableText(table).print();
  }

  /**
   * Narrows the text column where it costs the fewest lines, or the widest of equal ones, until the
   * table fits or no column can be narrowed.
   */
  private void narrow() {
    while (IntStream.of(widths).sum() + GAP.length() * (widths.length - 1) > WIDTH) {
      int best = -1;
      int fewest = Integer.MAX_VALUE;
      for (int c = 0; c < widths.length; c++) {
        if (!numeric[c] && widths[c] > NARROWEST_TEXT) {
          widths[c]--;
          int lines = lines();
          widths[c]++;
          if (lines < fewest || (lines == fewest && widths[c] > widths[best])) {
            fewest = lines;
            best = c;
          }
        }
      }
      if (best < 0) {
        return;
      }
      widths[best]--;
    }
  }

  /** The height of all rows together. */
  private int lines() {
    int lines = 0;
    for (int r = 0; r < table.rowCount(); r++) {
      int row = r;
      lines +=
          IntStream.range(0, widths.length)
              .filter(c -> !numeric[c])
              .map(c -> wrap(cell(row, c), widths[c]).size())
              .max()
              .orElse(1);
    }
    return lines;
  }

  private String print() {
    StringBuilder text = new StringBuilder();
    wrap(printable(table.name()), WIDTH).forEach(line -> text.append(line).append('\n'));
    String[] header = table.columnNames().stream().map(TableText::printable).toArray(String[]::new);
    append(text, header, true);
    String[] rule = Arrays.stream(widths).mapToObj("-"::repeat).toArray(String[]::new);
    append(text, rule, false);
    for (int r = 0; r < table.rowCount(); r++) {
      int row = r;
      append(
          text,
          IntStream.range(0, widths.length).mapToObj(c -> cell(row, c)).toArray(String[]::new),
          false);
    }
    return text.toString().stripTrailing();
  }

  /** A row of as many lines as its longest text needs. */
  private void append(StringBuilder text, String[] cells, boolean atBottom) {
    List<List<String>> wrapped = new ArrayList<>();
    for (int c = 0; c < cells.length; c++) {
      wrapped.add(wrap(cells[c], widths[c]));
    }
    int height = wrapped.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < height; i++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < cells.length; c++) {
        List<String> own = wrapped.get(c);
        int at = atBottom ? i - height + own.size() : i;
        String part = at >= 0 && at < own.size() ? own.get(at) : "";
        String space = " ".repeat(widths[c] - part.length());
        line.append(c == 0 ? "" : GAP).append(numeric[c] ? space + part : part + space);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }

  private String cell(int row, int column) {
    return printable(table.column(column).getString(row));
  }

  /** Without characters that would move a terminal's cursor. */
  private static String printable(String text) {
    return text == null ? "" : text.replaceAll("\\p{Cntrl}", " ");
  }

  private static int longestWord(String text) {
    return Arrays.stream(printable(text).split(" ", -1)).mapToInt(String::length).max().orElse(0);
  }

  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
