package verydeep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {

  private static final Timing.Setting SETTING =
      new Timing.Setting("2", "AMD EPYC, family 25", "17.0.15", "a \"b\", c", "2026-11-27");

  @Test
  void aRatioIsThatOfTheSameRoundAndItsSpreadIsTold() {
    List<Timing> timings =
        List.of(of("ours", 1, 10), of("peer", 1, 20), of("peer", 2, 60), of("ours", 2, 20));
    assertThat(Ratios.table("D", List.of("ours", "peer"), timings))
        .containsPattern("peer +40\\.0 +20\\.0 - 60\\.0 +2\\.50 +2\\.00 - 3\\.00");
  }

  @Test
  void whoHasNotYetTakenPartIsLeftOut() {
    assertThat(Ratios.table("D", List.of("ours", "peer"), List.of(of("ours", 1, 10))))
        .contains("ours")
        .doesNotContain("peer");
  }

  @Test
  void aLineOfTheFileIsReadAsItWasWritten() {
    Timing one = of("PyTorch, our malloc", 3, 1.25);
    assertThat(Timing.of(one.csv())).isEqualTo(one);
  }

  private static Timing of(String contestant, int round, double milliseconds) {
    return new Timing("D, 224 px", contestant, round, milliseconds, SETTING);
  }
}
