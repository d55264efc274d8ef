package verydeep.internal.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/** Columns that print their numbers alike in every locale. */
public final class Columns {

  /** Probabilities up to this print as less than 0.0001. */
  private static final double SMALLEST = 0.00005;

  private Columns() {}

  public static <T> StringColumn text(String name, List<T> rows, Function<T, String> value) {
    return StringColumn.create(name, rows.stream().map(value));
  }

  /** Whole numbers with thousands separators; null leaves the cell empty. */
  public static <T> LongColumn count(
      String name, List<T> rows, Function<T, ? extends Number> value) {
    LongColumn column = LongColumn.create(name);
    for (T row : rows) {
      Number number = value.apply(row);
      if (number == null) {
        column.appendMissing();
      } else {
        column.append(number.longValue());
      }
    }
    column.setPrintFormatter(format("#,##0"));
    return column;
  }

  /** Numbers with a fixed number of decimals; NaN leaves the cell empty. */
  public static <T> DoubleColumn decimal(
      String name, int digits, List<T> rows, ToDoubleFunction<T> value) {
    return number(name, "#,##0." + "0".repeat(digits), rows, value);
  }

  /** Numbers in a format of {@link DecimalFormat}; NaN leaves the cell empty. */
  public static <T> DoubleColumn number(
      String name, String pattern, List<T> rows, ToDoubleFunction<T> value) {
    DoubleColumn column = DoubleColumn.create(name, rows.stream().mapToDouble(value));
    column.setPrintFormatter(format(pattern));
    return column;
  }

  /**
   * Probabilities with four decimals; one that would print as zero is printed as {@code <0.0001}.
   */
  public static <T> DoubleColumn probability(String name, List<T> rows, ToDoubleFunction<T> value) {
    DoubleColumn column = DoubleColumn.create(name, rows.stream().mapToDouble(value));
    DecimalFormat format =
        new DecimalFormat("0.0000", DecimalFormatSymbols.getInstance(Locale.ROOT));
    column.setPrintFormatter(
        new NumberColumnFormatter(format, "") {
          @Override
          public String format(double probability) {
            return probability <= SMALLEST ? "<0.0001" : super.format(probability);
          }
        });
    return column;
  }

  /** A name that no other column has: Tablesaw ignores case. */
  public static String unused(String name, Set<String> used) {
    String unique = name;
    for (int i = 2; !used.add(unique.toLowerCase(Locale.ROOT)); i++) {
      unique = name + " (" + i + ")";
    }
    return unique;
  }

  /** The names; repeated ones have a number after them. */
  public static List<String> unique(List<String> names) {
    Set<String> used = new HashSet<>();
    return names.stream().map(name -> unused(name, used)).toList();
  }

  private static NumberColumnFormatter format(String pattern) {
    return new NumberColumnFormatter(
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)), "");
  }
}
