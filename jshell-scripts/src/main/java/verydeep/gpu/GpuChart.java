package verydeep.gpu;

import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import verydeep.VerydeepException;
import verydeep.internal.report.Drawing;
import verydeep.internal.report.RowChart;
import verydeep.internal.report.Style;
import verydeep.report.Figure;

/** The speeds in a check of GPUs, one bar per kind of work. */
final class GpuChart {

  private static final double HALF = 7;

  private GpuChart() {}

  static Figure of(GpuReport report) {
    List<GpuReport.Speed> speeds =
        report.speeds().stream().filter(s -> Double.isFinite(s.imagesPerSecond())).toList();
    if (speeds.isEmpty()) {
      throw new VerydeepException("A chart of speeds needs at least one speed.");
    }
    double highest = speeds.stream().mapToDouble(GpuReport.Speed::imagesPerSecond).max().orElse(1);
    List<RowChart.Row> rows = speeds.stream().map(GpuChart::row).toList();
    return Figure.of(
        Drawing.of(
            surface ->
                RowChart.of(
                    surface,
                    "Images per second",
                    report.hardware().name(),
                    List.of(),
                    "images per second",
                    1.03 * highest,
                    rows)));
  }

  private static RowChart.Row row(GpuReport.Speed speed) {
    double value = speed.imagesPerSecond();
    return new RowChart.Row(
        speed.work() + ", " + speed.numbers(),
        String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value),
        (graphics, x, y) -> {
          graphics.setColor(speed.numbers().startsWith("PyTorch") ? Style.ORANGE : Style.BLUE);
          double zero = x.applyAsDouble(0);
          graphics.fill(
              new Rectangle2D.Double(zero, y - HALF, x.applyAsDouble(value) - zero, 2 * HALF));
        });
  }
}
