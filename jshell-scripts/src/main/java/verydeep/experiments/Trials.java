package verydeep.experiments;

import java.nio.file.Path;
import java.util.List;
import tech.tablesaw.api.Table;
import verydeep.data.TrainingScale;
import verydeep.evaluation.ErrorRate;
import verydeep.internal.report.Columns;
import verydeep.report.Figure;

/**
 * Trials as a file of comma-separated values with one line per training, as tables, and as a chart.
 *
 * <pre>{@code
 * Trials.write(trials, "docs/depth.csv");
 * Trials.chart(Trials.read("docs/depth.csv"));
 * }</pre>
 */
public final class Trials {

  private Trials() {}

  /** Writes trials, replacing an existing file; missing folders are created. */
  public static Path write(List<Trial> trials, String file) {
    return CsvFile.write(file, TrialLines.COLUMNS, trials);
  }

  /** Reads trials in the order of the lines. */
  public static List<Trial> read(String file) {
    return CsvFile.read(file, TrialLines::trial);
  }

  private static String side(TrainingScale scale) {
    return scale.smallest() == scale.largest()
        ? String.valueOf(scale.smallest())
        : "[" + scale.smallest() + ";" + scale.largest() + "]";
  }

  /** Returns one row per training; the intervals are over the test images. */
  public static Table table(List<Trial> trials) {
    return Table.create(
        "Trainings, their best validation, and their tests (sections 3.1, 3.2)",
        Columns.text("network", trials, t -> t.network().label()),
        Columns.text("first weights", trials, Trial::start),
        Columns.text("trained at S", trials, t -> side(t.scale())),
        Columns.count("seed", trials, Trial::seed),
        Columns.count("epochs", trials, Trial::epochs),
        Columns.count("best epoch", trials, Trial::bestEpoch),
        Columns.decimal("validation top-1 %", 1, trials, t -> 100 * t.validation().top1().value()),
        Columns.decimal("crop top-1 %", 1, trials, t -> 100 * TrialGroup.crop(t).value()),
        Columns.count("dense at Q", trials, t -> t.dense().scale()),
        Columns.decimal("dense top-1 %", 1, trials, t -> 100 * TrialGroup.dense(t).value()),
        Columns.decimal("95% from", 1, trials, t -> 100 * TrialGroup.dense(t).low()),
        Columns.decimal("95% to", 1, trials, t -> 100 * TrialGroup.dense(t).high()),
        Columns.decimal(
            "dense top-5 %",
            1,
            trials,
            t -> 100 * t.dense().errors().top5().map(ErrorRate::value).orElse(Double.NaN)),
        Columns.count("seconds", trials, t -> Math.round(t.seconds())));
  }

  /**
   * Returns trainings grouped over their seeds, next to the paper's Table 3. The 95% interval is
   * Student's, for the mean over all seeds: it shows how certain the mean is for these test images,
   * which are the same for all. Other images would shift all networks together, by about the width
   * of a single test's interval.
   *
   * @return one row per network, initial weights and scale S; the paper's number is for the same
   *     network and ratio of S to the input, whatever the initial weights
   */
  public static Table overSeeds(List<Trial> trials) {
    List<TrialGroup> groups = TrialGroup.of(trials);
    return Table.create(
        "Dense top-1 errors over seeds, in percent, beside Table 3",
        Columns.text("network", groups, g -> g.key().network().label()),
        Columns.count("weight layers", groups, g -> g.key().network().weightLayers()),
        Columns.text("first weights", groups, g -> g.key().start()),
        Columns.text("trained at S", groups, g -> side(g.key().scale())),
        Columns.text("each seed", groups, g -> g.percents(TrialGroup::dense).each()),
        Columns.decimal("mean", 1, groups, g -> g.percents(TrialGroup::dense).mean()),
        Columns.decimal("deviation", 1, groups, g -> g.percents(TrialGroup::dense).deviation()),
        Columns.decimal("95% from", 1, groups, g -> g.percents(TrialGroup::dense).low()),
        Columns.decimal("95% to", 1, groups, g -> g.percents(TrialGroup::dense).high()),
        Columns.decimal("center crop", 1, groups, g -> g.percents(TrialGroup::crop).mean()),
        Columns.decimal("paper", 1, groups, TrialGroup::paper));
  }

  /**
   * Returns the claims of section 4.1 (LRN, depth, 1x1 layers, 5x5 layers, jitter), each with the
   * difference in the paper and in the trials: seed by seed, their mean and its 95% interval
   * (Student's). A claim is undecided if the interval contains 0. Compared are trials with the same
   * seed and split, of networks that started alike or as in the paper.
   */
  public static Table findings(List<Trial> trials) {
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

  /**
   * Draws the dense top-1 error of each seed, the mean with its 95% interval over seeds, and the
   * paper's error, with one row per network, initial weights and scale S.
   */
  public static Figure chart(List<Trial> trials) {
    return TrialChart.of(trials);
  }
}
