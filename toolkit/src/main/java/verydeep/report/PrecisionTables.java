package verydeep.report;

import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.Table;
import verydeep.internal.report.Columns;
import verydeep.report.PaperResults.FeatureResult;
import verydeep.transfer.MultiLabelEvaluation;
import verydeep.transfer.MultiLabelEvaluation.ClassPrecision;
import verydeep.transfer.MultiLabelEvaluation.Interval;

/** Average precisions, alone and beside the paper's Tables 11 and 12 (appendix B). */
final class PrecisionTables {

  /** A number of the paper, or two of ours. */
  private record Line(
      String who,
      String method,
      String data,
      String protocol,
      Integer examples,
      double elevenPoints,
      Interval elevenPointsInterval,
      double areaUnderCurve,
      Interval areaInterval,
      double chance) {}

  private static final Interval NONE = new Interval(Double.NaN, Double.NaN);

  private PrecisionTables() {}

  static Table of(MultiLabelEvaluation test) {
    List<ClassPrecision> rows = test.classes();
    return Table.create(
        test.network() + ", " + test.protocol(),
        Columns.text("class", rows, ClassPrecision::name),
        Columns.count("shown by", rows, ClassPrecision::shown),
        Columns.count("difficult, left out", rows, ClassPrecision::difficult),
        Columns.decimal("AP %, 11 points", 1, rows, c -> 100 * c.elevenPoints()),
        Columns.decimal("AP %, area", 1, rows, c -> 100 * c.areaUnderCurve()));
  }

  static Table beside(List<FeatureResult> paper, List<MultiLabelEvaluation> ours) {
    List<Line> lines = new ArrayList<>();
    for (FeatureResult row : paper) {
      boolean old = row.data().equals("VOC-2007");
      lines.add(
          new Line(
              "Table " + row.table(),
              row.method(),
              row.data(),
              "",
              null,
              old ? row.value() : Double.NaN,
              NONE,
              old ? Double.NaN : row.value(),
              NONE,
              Double.NaN));
    }
    for (MultiLabelEvaluation test : ours) {
      lines.add(
          new Line(
              "ours",
              test.network(),
              "",
              test.protocol(),
              test.examples(),
              100 * test.elevenPoints(),
              test.elevenPointsInterval(),
              100 * test.areaUnderCurve(),
              test.areaInterval(),
              100 * test.chance()));
    }
    return Table.create(
        "Mean average precision, the paper's and ours (appendix B)",
        Columns.text("whose", lines, Line::who),
        Columns.text("method", lines, Line::method),
        Columns.text("data", lines, Line::data),
        Columns.text("protocol", lines, Line::protocol),
        Columns.count("tested", lines, Line::examples),
        Columns.decimal("mAP %, 11 points", 1, lines, Line::elevenPoints),
        Columns.decimal("95% from", 1, lines, line -> 100 * line.elevenPointsInterval().low()),
        Columns.decimal("95% to", 1, lines, line -> 100 * line.elevenPointsInterval().high()),
        Columns.decimal("mAP %, area", 1, lines, Line::areaUnderCurve),
        Columns.decimal("area, 95% from", 1, lines, line -> 100 * line.areaInterval().low()),
        Columns.decimal("area, 95% to", 1, lines, line -> 100 * line.areaInterval().high()),
        Columns.decimal("by chance", 1, lines, Line::chance));
  }
}
