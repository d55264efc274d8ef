package verydeep.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import verydeep.VerydeepException;
import verydeep.device.Hardware;
import verydeep.report.Tables;

class GpuReportTest {

  private static GpuReport report(List<GpuReport.Speed> speeds) {
    Hardware hardware =
        new Hardware(
            "a processor",
            16,
            "580.1",
            List.of(new Hardware.Gpu(0, "a card", 1L << 34, 1L << 33)),
            "2.7.1 for CUDA",
            1,
            List.of());
    return new GpuReport(
        hardware,
        List.of(
            new GpuReport.Agreement("logits of D", "TF32", "of the largest", 1.4e-3, 1e-2, ""),
            new GpuReport.Agreement("pool5 of D", "TF32", "", Double.NaN, 0, "out of memory")),
        speeds);
  }

  private static final List<GpuReport.Speed> SPEEDS =
      List.of(
          new GpuReport.Speed("training D at 224", "TF32", 1559.1, 0.02),
          new GpuReport.Speed("training D at 224", "PyTorch TF32", 1176, Double.NaN),
          new GpuReport.Speed("PyTorch beside us", "no torch", Double.NaN, Double.NaN));

  @Test
  void agreementsAreATable() {
    String text = Tables.text(report(SPEEDS).agreementTable());
    assertThat(text).contains("a card", "logits of D", "1.4E-3", "yes", "NO", "out of memory");
  }

  @Test
  void speedsAreATableAndAChart() throws IOException {
    GpuReport report = report(SPEEDS);
    assertThat(Tables.text(report.speedTable())).contains("1,559.1", "no torch");
    assertThat(ImageIO.read(new ByteArrayInputStream(report.speedChart().png()))).isNotNull();
    assertThat(report.holds()).isFalse();
    assertThatThrownBy(() -> report(List.of()).speedChart())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("at least one speed");
  }
}
