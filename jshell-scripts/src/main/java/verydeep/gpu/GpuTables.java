package verydeep.gpu;

import tech.tablesaw.api.Table;
import verydeep.internal.report.Columns;

/** What a check of GPUs found, as tables. */
final class GpuTables {

  private GpuTables() {}

  static Table agreements(GpuReport report) {
    var rows = report.agreements();
    return Table.create(
        "Compared with the CPU: " + report.hardware().name(),
        Columns.text("what", rows, GpuReport.Agreement::what),
        Columns.text("numbers", rows, GpuReport.Agreement::numbers),
        Columns.number("difference", "0.0E0", rows, GpuReport.Agreement::difference),
        Columns.number("allowed", "0.0E0", rows, GpuReport.Agreement::allowed),
        Columns.text("of", rows, GpuReport.Agreement::measure),
        Columns.text("holds", rows, a -> a.holds() ? "yes" : "NO"),
        Columns.text("note", rows, GpuReport.Agreement::note));
  }

  static Table speeds(GpuReport report) {
    var rows = report.speeds();
    return Table.create(
        "Speeds: " + report.hardware().name(),
        Columns.text("work", rows, GpuReport.Speed::work),
        Columns.text("numbers", rows, GpuReport.Speed::numbers),
        Columns.decimal("images/s", 1, rows, GpuReport.Speed::imagesPerSecond),
        Columns.decimal("waited for images, %", 0, rows, speed -> 100 * speed.waited()));
  }
}
