package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void savingIsNotDueBeforeItsTime() {
    assertThat(new SavePace(Duration.ofDays(1), 20).isDue()).isFalse();
    assertThat(new SavePace(Duration.ZERO, 20).isDue()).isTrue();
  }

  @Test
  void afterASaveThatTookLongTheNextIsTwentyTimesAsFar() throws InterruptedException {
    SavePace pace = new SavePace(Duration.ZERO, 20);
    long start = System.nanoTime();
    pace.time(() -> sleep(30));
    long took = System.nanoTime() - start;
    long ended = System.nanoTime();
    while (!pace.isDue()) {
      Thread.sleep(1);
    }
    assertThat(System.nanoTime() - ended).isGreaterThan(20 * 30_000_000L).isLessThan(60 * took);
  }

  @Test
  void aSaveThatFailsCountsToo() {
    SavePace pace = new SavePace(Duration.ZERO, 1_000_000);
    try {
      pace.time(
          () -> {
            sleep(5);
            throw new IllegalStateException("disk full");
          });
    } catch (IllegalStateException e) {
      assertThat(pace.isDue()).isFalse();
      return;
    }
    throw new AssertionError("it was thrown on");
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
