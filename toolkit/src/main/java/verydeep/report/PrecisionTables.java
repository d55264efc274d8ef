package verydeep.report;

import java.util.List;
import tech.tablesaw.api.Table;
import verydeep.internal.report.Columns;
import verydeep.report.PaperResults.FeatureResult;
import verydeep.transfer.MultiLabelEvaluation;
import verydeep.transfer.MultiLabelEvaluation.ClassPrecision;

/** Average precisions, alone and after the paper's Tables 11 and 12 (appendix B). */
final class PrecisionTables {

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

  /** The paper's number for VOC 2007 is by eleven points, the others are areas under the curve. */
  static Table beside(List<FeatureResult> paper, List<MultiLabelEvaluation> ours) {
    return BesideTable.after(
            "Mean average precision, the paper's and ours (appendix B)",
            paper,
            FeatureResult::table,
            ours)
        .text("method", FeatureResult::method, MultiLabelEvaluation::network)
        .text("data", FeatureResult::data, test -> "")
        .text("protocol", row -> "", MultiLabelEvaluation::protocol)
        .count("tested", MultiLabelEvaluation::examples)
        .percent(
            "mAP %, 11 points",
            row -> isOf2007(row) ? row.value() : Double.NaN, test -> 100 * test.elevenPoints())
        .percent("95% from", test -> 100 * test.elevenPointsInterval().low())
        .percent("95% to", test -> 100 * test.elevenPointsInterval().high())
        .percent(
            "mAP %, area",
            row -> isOf2007(row) ? Double.NaN : row.value(), test -> 100 * test.areaUnderCurve())
        .percent("area, 95% from", test -> 100 * test.areaInterval().low())
        .percent("area, 95% to", test -> 100 * test.areaInterval().high())
        .percent("by chance", test -> 100 * test.chance())
        .table();
  }

  private static boolean isOf2007(FeatureResult row) {
    return row.data().equals("VOC-2007");
  }
}
