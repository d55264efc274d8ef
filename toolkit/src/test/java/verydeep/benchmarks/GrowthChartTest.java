package verydeep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthChartTest {

  private static final List<Timing> TIMINGS =
      List.of(
          of("batch 1 (1 times)", 1, 3),
          of("batch 1 (1 times)", 2, 5),
          of("batch 4 (4 times)", 1, 16),
          of("batch 16 (16 times)", 1, 256),
          of("files 100 (1 times)", 1, 1));

  @Test
  void thePowerIsThatOfTheLastTwoAmountsOfWork() {
    assertThat(GrowthChart.powers(TIMINGS))
        .isEqualToIgnoringNewLines("batch    grows by the work to the power of 2.00");
  }

  @Test
  void aTimingOfOtherWorkHasNoPower() {
    assertThat(GrowthChart.powers(List.of(of("D, 224 px, batch 8", 1, 3)))).isEmpty();
  }

  @Test
  void eachThingThatIsVariedHasAChart(@TempDir Path folder) throws IOException {
    Path csv = folder.resolve("growth.csv");
    Results.write(csv, TIMINGS);
    GrowthChart.draw(csv);
    assertThat(folder.resolve("growth-batch.png")).isNotEmptyFile();
    assertThat(Files.exists(folder.resolve("growth-files.png"))).isTrue();
  }

  private static Timing of(String work, int round, double milliseconds) {
    Timing.Setting setting = new Timing.Setting("2", "AMD EPYC", "17", "Java 17", "2026-11-27");
    return new Timing(work, "verydeep", round, milliseconds, setting);
  }
}
