package verydeep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.Table;
import verydeep.evaluation.ErrorRate;
import verydeep.internal.report.Columns;
import verydeep.localization.Localization;
import verydeep.localization.Outcome;

/** Tables of tests of localization (appendix A), alone and beside the paper's Tables 8 to 10. */
final class LocalizationTables {

  /** A row of the paper, or a test of ours. */
  private record Line(
      String who,
      String method,
      String protocol,
      Integer images,
      double error,
      double from,
      double to,
      double test) {}

  private LocalizationTables() {}

  static Table of(List<Localization> tests) {
    return Table.create(
        "Localization errors at IoU 0.5 with 95% confidence intervals (appendix A)",
        Columns.text("network or method", tests, Localization::name),
        Columns.text("protocol", tests, Localization::protocol),
        Columns.count("pictures", tests, t -> t.images().size()),
        Columns.count("guesses", tests, Localization::most),
        Columns.decimal("error %", 1, tests, error(ErrorRate::value)),
        Columns.decimal("95% from", 1, tests, error(ErrorRate::low)),
        Columns.decimal("95% to", 1, tests, error(ErrorRate::high)),
        Columns.count("wrong place", tests, t -> t.count(Outcome.WRONG_PLACE)),
        Columns.count("wrong class", tests, t -> t.count(Outcome.WRONG_CLASS)),
        Columns.count("both wrong", tests, t -> t.count(Outcome.WRONG_BOTH)),
        Columns.number("mean IoU", "0.000", tests, Localization::meanIou));
  }

  private static ToDoubleFunction<Localization> error(ToDoubleFunction<ErrorRate> value) {
    return test -> 100 * value.applyAsDouble(test.error());
  }

  static Table beside(List<PaperResults.LocalizationRow> paper, List<Localization> ours) {
    List<Line> lines = new ArrayList<>();
    for (PaperResults.LocalizationRow row : paper) {
      lines.add(
          new Line(
              "Table " + row.table(),
              row.method(),
              row.protocol(),
              null,
              row.validation(),
              Double.NaN,
              Double.NaN,
              row.test()));
    }
    for (Localization test : ours) {
      ErrorRate error = test.error();
      lines.add(
          new Line(
              "ours",
              test.name(),
              test.protocol() + ", best of " + test.most(),
              test.images().size(),
              100 * error.value(),
              100 * error.low(),
              100 * error.high(),
              Double.NaN));
    }
    return Table.create(
        "The paper's localization errors on ILSVRC and ours, at IoU 0.5 (appendix A)",
        Columns.text("whose", lines, Line::who),
        Columns.text("method", lines, Line::method),
        Columns.text("protocol", lines, Line::protocol),
        Columns.count("pictures", lines, Line::images),
        Columns.decimal("error %", 1, lines, Line::error),
        Columns.decimal("95% from", 1, lines, Line::from),
        Columns.decimal("95% to", 1, lines, Line::to),
        Columns.decimal("ILSVRC test error %", 1, lines, Line::test));
  }
}
