package verydeep.report;

import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;
import verydeep.evaluation.Evaluation;
import verydeep.internal.report.Columns;
import verydeep.report.PaperResults.FeatureResult;
import verydeep.transfer.SplitResults;

/** Tables of tests over random splits, alone and after the paper's Table 11 (appendix B). */
final class SplitTables {

  private SplitTables() {}

  static Table of(SplitResults tests) {
    List<Integer> rows = IntStream.range(0, tests.tests().size()).boxed().toList();
    return Table.create(
        "Random splits, " + tests.training() + " training images per class (appendix B)",
        Columns.text("split", rows, split -> test(tests, split).name()),
        Columns.count("test images", rows, split -> test(tests, split).predictions().size()),
        Columns.decimal(
            "mean class recall %", 1, rows, split -> 100 * tests.meanClassRecall(split)),
        Columns.decimal(
            "top-1 error %", 1, rows, split -> 100 * test(tests, split).errors().top1().value()));
  }

  private static Evaluation test(SplitResults tests, int split) {
    return tests.tests().get(split);
  }

  static Table beside(List<FeatureResult> paper, List<SplitResults> ours) {
    return BesideTable.after(
            "The paper's mean class recall and ours, with the deviation over splits (appendix B)",
            paper,
            FeatureResult::table,
            ours)
        .text("method", FeatureResult::method, SplitResults::network)
        .text("data", FeatureResult::data, tests -> "")
        .text("protocol", row -> "", SplitResults::protocol)
        .count("training per class", SplitResults::training)
        .count("splits", tests -> tests.tests().size())
        .percent(
            "mean class recall %", FeatureResult::value, tests -> 100 * tests.meanClassRecall())
        .percent("±", FeatureResult::deviation, tests -> 100 * tests.deviation())
        .table();
  }
}
