package verydeep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import tech.tablesaw.api.Table;
import verydeep.internal.report.Columns;

/**
 * The paper's rows with our results after them, column by column.
 *
 * @param <P> a row of the paper
 * @param <O> a result of ours
 */
final class BesideTable<P, O> {

  /** A row of the paper or a result of ours; the other is null. */
  private record Line<P, O>(P paper, O ours) {

    <T> T cell(Function<P, T> ofPaper, Function<O, T> ofOurs) {
      return paper == null ? ofOurs.apply(ours) : ofPaper.apply(paper);
    }
  }

  private final List<Line<P, O>> lines;
  private final Table table;

  private BesideTable(String title, List<Line<P, O>> lines, ToIntFunction<P> number) {
    this.lines = lines;
    this.table = Table.create(title);
    text("whose", row -> "Table " + number.applyAsInt(row), result -> "ours");
  }

  /** Ours after all of the paper's: which rows they repeat is for the reader to judge. */
  static <P, O> BesideTable<P, O> after(
      String title, List<P> paper, ToIntFunction<P> number, List<O> ours) {
    return matched(title, paper, number, ours, (index, result) -> false);
  }

  /**
   * Each of ours after every row that it repeats; those that repeat none come last.
   *
   * @param repeats whether a result repeats the row of that index
   */
  static <P, O> BesideTable<P, O> matched(
      String title,
      List<P> paper,
      ToIntFunction<P> number,
      List<O> ours,
      BiPredicate<Integer, O> repeats) {
    List<Line<P, O>> lines = new ArrayList<>();
    List<O> left = new ArrayList<>(ours);
    for (int i = 0; i < paper.size(); i++) {
      int index = i;
      List<O> same = ours.stream().filter(result -> repeats.test(index, result)).toList();
      lines.add(new Line<>(paper.get(i), null));
      same.forEach(result -> lines.add(new Line<>(null, result)));
      left.removeAll(same);
    }
    left.forEach(result -> lines.add(new Line<>(null, result)));
    return new BesideTable<>(title, lines, number);
  }

  BesideTable<P, O> text(String name, Function<P, String> paper, Function<O, String> ours) {
    table.addColumns(Columns.text(name, lines, line -> line.cell(paper, ours)));
    return this;
  }

  /** A number that the paper's tables do not have. */
  BesideTable<P, O> count(String name, Function<O, Integer> ours) {
    table.addColumns(Columns.count(name, lines, line -> line.cell(row -> null, ours)));
    return this;
  }

  BesideTable<P, O> percent(String name, ToDoubleFunction<P> paper, ToDoubleFunction<O> ours) {
    table.addColumns(
        Columns.decimal(
            name, 1, lines, line -> line.cell(paper::applyAsDouble, ours::applyAsDouble)));
    return this;
  }

  /** Percent that the paper's tables do not have, such as the ends of an interval. */
  BesideTable<P, O> percent(String name, ToDoubleFunction<O> ours) {
    return percent(name, row -> Double.NaN, ours);
  }

  Table table() {
    return table;
  }
}
