package verydeep.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tech.tablesaw.api.Table;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.Evaluation;
import verydeep.internal.report.Columns;

/** {@link Tables#beside}. */
final class BesideTable {

  /** A row of the paper, or a test of ours. */
  private record Line(
      String who,
      String network,
      String protocol,
      Integer images,
      double top1,
      double top1From,
      double top1To,
      double top5,
      double top5From,
      double top5To) {}

  private BesideTable() {}

  static Table of(List<PaperRow> paper, List<Evaluation> ours) {
    Set<Evaluation> left = new LinkedHashSet<>(ours);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < paper.size(); i++) {
      lines.add(line(paper.get(i)));
      for (Evaluation test : ours) {
        if (repeats(test, paper, i)) {
          lines.add(line(test));
          left.remove(test);
        }
      }
    }
    left.forEach(test -> lines.add(line(test)));
    return Table.create(
        "The paper's errors on ILSVRC-2012 and ours; S is the scale in training, Q in testing",
        Columns.text("whose", lines, Line::who),
        Columns.text("network", lines, Line::network),
        Columns.text("protocol", lines, Line::protocol),
        Columns.count("pictures", lines, Line::images),
        Columns.decimal("top-1 error %", 1, lines, Line::top1),
        Columns.decimal("top-1 from", 1, lines, Line::top1From),
        Columns.decimal("top-1 to", 1, lines, Line::top1To),
        Columns.decimal("top-5 error %", 1, lines, Line::top5),
        Columns.decimal("top-5 from", 1, lines, Line::top5From),
        Columns.decimal("top-5 to", 1, lines, Line::top5To));
  }

  /** If a test does not say S, the last row of those that differ in it alone. */
  private static boolean repeats(Evaluation test, List<PaperRow> paper, int index) {
    PaperRow row = paper.get(index);
    if (!isOf(row, test)) {
      return false;
    }
    return test.trainingScale()
        .map(scale -> scale.toString().equals(row.trained()))
        .orElse(
            paper.stream()
                .skip(index + 1L)
                .noneMatch(other -> other.table() == row.table() && isOf(other, test)));
  }

  private static boolean isOf(PaperRow row, Evaluation test) {
    return test.name().equals(row.network()) && test.protocol().equals(row.protocol());
  }

  private static String protocol(String protocol, String trained) {
    return trained.isEmpty() ? protocol : protocol + "; " + trained;
  }

  private static Line line(PaperRow row) {
    return new Line(
        "Table " + row.table(),
        row.network(),
        protocol(row.protocol(), row.trained()),
        null,
        row.top1(),
        Double.NaN,
        Double.NaN,
        row.top5(),
        Double.NaN,
        Double.NaN);
  }

  private static Line line(Evaluation test) {
    ErrorRate top1 = test.errors().top1();
    Optional<ErrorRate> top5 = test.errors().top5();
    return new Line(
        "ours",
        test.name(),
        protocol(test.protocol(), test.trainingScale().map(Object::toString).orElse("")),
        test.predictions().size(),
        100 * top1.value(),
        100 * top1.low(),
        100 * top1.high(),
        ResultTables.percent(top5, ErrorRate::value),
        ResultTables.percent(top5, ErrorRate::low),
        ResultTables.percent(top5, ErrorRate::high));
  }
}
