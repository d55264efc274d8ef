package verydeep.report;

import java.util.List;
import tech.tablesaw.api.Table;
import verydeep.internal.report.Columns;

/** Trials side by side, and what they come to over their seeds. */
final class TrialTables {

  private TrialTables() {}

  static Table trials(List<Trial> trials) {
    return Table.create(
        "Trainings, their best validation, and their tests (sections 3.1, 3.2)",
        Columns.text("network", trials, t -> t.network().label()),
        Columns.text("first weights", trials, Trial::start),
        Columns.text("trained at S", trials, t -> t.scale().toString().substring(2)),
        Columns.count("seed", trials, Trial::seed),
        Columns.count("epochs", trials, Trial::epochs),
        Columns.count("best epoch", trials, Trial::bestEpoch),
        Columns.decimal("validation top-1 %", 1, trials, t -> 100 * t.validation().top1().value()),
        Columns.decimal("crop top-1 %", 1, trials, t -> 100 * TrialGroup.crop(t).value()),
        Columns.count("dense at Q", trials, t -> t.dense().scale()),
        Columns.decimal("dense top-1 %", 1, trials, t -> 100 * TrialGroup.dense(t).value()),
        Columns.decimal("95% from", 1, trials, t -> 100 * TrialGroup.dense(t).low()),
        Columns.decimal("95% to", 1, trials, t -> 100 * TrialGroup.dense(t).high()),
        Columns.decimal("dense top-5 %", 1, trials, t -> 100 * t.dense().errors().top5().value()),
        Columns.count("seconds", trials, t -> Math.round(t.seconds())));
  }

  static Table overSeeds(List<Trial> trials) {
    List<TrialGroup> groups = TrialGroup.of(trials);
    return Table.create(
        "Dense top-1 errors over seeds, in percent, beside Table 3",
        Columns.text("network", groups, g -> g.key().network().label()),
        Columns.count("weight layers", groups, g -> g.key().network().weightLayers()),
        Columns.text("first weights", groups, g -> g.key().start()),
        Columns.text("trained at S", groups, g -> g.key().scale().toString().substring(2)),
        Columns.text("each seed", groups, g -> g.percents(TrialGroup::dense).each()),
        Columns.decimal("mean", 1, groups, g -> g.percents(TrialGroup::dense).mean()),
        Columns.decimal("deviation", 1, groups, g -> g.percents(TrialGroup::dense).deviation()),
        Columns.decimal("95% from", 1, groups, g -> g.percents(TrialGroup::dense).low()),
        Columns.decimal("95% to", 1, groups, g -> g.percents(TrialGroup::dense).high()),
        Columns.decimal("center crop", 1, groups, g -> g.percents(TrialGroup::crop).mean()),
        Columns.decimal("paper", 1, groups, TrialGroup::paper));
  }

  static Table findings(List<Trial> trials) {
    List<Finding> rows = Findings.of(trials);
    return Table.create(
        "What section 4.1 finds, in points of top-1 error: the paper's, and ours seed by seed",
        Columns.text("claim", rows, Finding::claim),
        Columns.text("compared", rows, Finding::compared),
        Columns.text("test", rows, Finding::measure),
        Columns.decimal("paper", 1, rows, Finding::paper),
        Columns.text("each seed", rows, f -> f.differences().each()),
        Columns.decimal("mean", 1, rows, f -> f.differences().mean()),
        Columns.decimal("95% from", 1, rows, f -> f.differences().low()),
        Columns.decimal("95% to", 1, rows, f -> f.differences().high()),
        Columns.text("here", rows, Finding::verdict));
  }
}
