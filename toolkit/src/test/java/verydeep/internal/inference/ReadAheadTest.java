package verydeep.internal.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadAheadTest {

  @Test
  void whoTakesFasterThanThingsAreMadeWaits() {
    try (var ahead = new ReadAhead<>(3, 1, i -> slept(100, i))) {
      for (int i = 0; i < 3; i++) {
        assertThat(ahead.take()).isEqualTo(i);
      }
      assertThat(ahead.waited()).isGreaterThan(0.1);
    }
  }

  @Test
  void whoTakesLaterWaitsForTheFirstThingAlone() {
    try (var ahead = new ReadAhead<>(4, 2, i -> i)) {
      ahead.take();
      double first = ahead.waited();
      for (int i = 1; i < 4; i++) {
        slept(200, i);
        ahead.take();
      }
      assertThat(ahead.waited() - first).isLessThan(0.3);
    }
  }

  private static int slept(int milliseconds, int value) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return value;
  }
}
