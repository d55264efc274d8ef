package verydeep.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.Table;
import verydeep.evaluation.ErrorRate;
import verydeep.internal.report.Columns;
import verydeep.localization.Localization;
import verydeep.localization.LocalizedImage;

/** Tables of localization tests (appendix A), alone and after the paper's Tables 8 to 10. */
final class LocalizationTables {

  private LocalizationTables() {}

  static Table of(List<Localization> tests) {
    return Table.create(
        "Localization errors at IoU 0.5 with 95% confidence intervals (appendix A)",
        Columns.text("network or method", tests, Localization::name),
        Columns.text("protocol", tests, Localization::protocol),
        Columns.count("images", tests, t -> t.images().size()),
        Columns.count("guesses", tests, Localization::most),
        Columns.decimal("error %", 1, tests, error(ErrorRate::value)),
        Columns.decimal("95% from", 1, tests, error(ErrorRate::low)),
        Columns.decimal("95% to", 1, tests, error(ErrorRate::high)),
        Columns.count("wrong place", tests, t -> t.count(LocalizedImage.Outcome.WRONG_PLACE)),
        Columns.count("wrong class", tests, t -> t.count(LocalizedImage.Outcome.WRONG_CLASS)),
        Columns.count("both wrong", tests, t -> t.count(LocalizedImage.Outcome.WRONG_BOTH)),
        Columns.number("mean IoU", "0.000", tests, Localization::meanIou));
  }

  private static ToDoubleFunction<Localization> error(ToDoubleFunction<ErrorRate> value) {
    return test -> 100 * value.applyAsDouble(test.error());
  }

  static Table beside(List<PaperResults.Row> paper, List<Localization> ours) {
    return BesideTable.after(
            "The paper's localization errors on ILSVRC and ours, at IoU 0.5 (appendix A)",
            paper,
            PaperResults.Row::table,
            ours)
        .text("method", PaperResults.Row::network, Localization::name)
        .text(
            "protocol",
            PaperResults.Row::protocol,
            test -> test.protocol() + ", best of " + test.most())
        .count("images", test -> test.images().size())
        .percent("error %", PaperResults.Row::top5, error(ErrorRate::value))
        .percent("95% from", error(ErrorRate::low))
        .percent("95% to", error(ErrorRate::high))
        .percent("ILSVRC test error %", PaperResults.Row::testTop5, test -> Double.NaN)
        .table();
  }
}
