package verydeep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;
import verydeep.evaluation.Evaluation;
import verydeep.internal.report.Columns;
import verydeep.report.PaperResults.FeatureResult;
import verydeep.transfer.SplitResults;

/** Tables of tests over random splits, alone and beside the paper's Table 11 (appendix B). */
final class SplitTables {

  /** A number of the paper, or ours. */
  private record Line(
      String who,
      String method,
      String data,
      String protocol,
      Integer training,
      Integer splits,
      double value,
      double deviation) {}

  private SplitTables() {}

  static Table of(SplitResults tests) {
    List<Integer> rows = IntStream.range(0, tests.tests().size()).boxed().toList();
    return Table.create(
        "Random splits, " + tests.training() + " training images a class (appendix B)",
        Columns.text("split", rows, split -> test(tests, split).name()),
        Columns.count("test pictures", rows, split -> test(tests, split).predictions().size()),
        Columns.decimal(
            "mean class recall %", 1, rows, split -> 100 * tests.meanClassRecall(split)),
        Columns.decimal(
            "top-1 error %", 1, rows, split -> 100 * test(tests, split).errors().top1().value()));
  }

  private static Evaluation test(SplitResults tests, int split) {
    return tests.tests().get(split);
  }

  static Table beside(List<FeatureResult> paper, List<SplitResults> ours) {
    List<Line> lines = new ArrayList<>();
    for (FeatureResult row : paper) {
      lines.add(
          new Line(
              "Table " + row.table(),
              row.method(),
              row.data(),
              "",
              null,
              null,
              row.value(),
              row.deviation()));
    }
    for (SplitResults tests : ours) {
      lines.add(
          new Line(
              "ours",
              tests.network(),
              "",
              tests.protocol(),
              tests.training(),
              tests.tests().size(),
              100 * tests.meanClassRecall(),
              100 * tests.deviation()));
    }
    return Table.create(
        "The paper's mean class recall and ours, with the deviation over splits (appendix B)",
        Columns.text("whose", lines, Line::who),
        Columns.text("method", lines, Line::method),
        Columns.text("data", lines, Line::data),
        Columns.text("protocol", lines, Line::protocol),
        Columns.count("training a class", lines, Line::training),
        Columns.count("splits", lines, Line::splits),
        Columns.decimal("mean class recall %", 1, lines, Line::value),
        Columns.decimal("±", 1, lines, Line::deviation));
  }
}
