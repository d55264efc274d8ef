package verydeep.internal.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import verydeep.VerydeepException;

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

  @Test
  void thingsComeInOrderWhoeverMakesThemFirst() {
    try (var ahead = new ReadAhead<>(20, 8, 8, i -> slept(i % 2 == 0 ? 20 : 0, i))) {
      for (int i = 0; i < 20; i++) {
        assertThat(ahead.take()).isEqualTo(i);
      }
    }
  }

  @Test
  void noMoreAreHeldThanAskedFor() {
    AtomicInteger made = new AtomicInteger();
    try (var ahead = new ReadAhead<>(100, 5, 4, i -> made.incrementAndGet())) {
      slept(200, 0);
      assertThat(made.get()).isEqualTo(5);
      ahead.take();
      slept(200, 0);
      assertThat(made.get()).isEqualTo(6);
    }
  }

  @Test
  void whatMakingAThingThrowsIsThrownInItsPlace() {
    try (var ahead =
        new ReadAhead<Integer>(
            3,
            3,
            i -> {
              if (i == 1) {
                throw new VerydeepException("The second cannot be made.");
              }
              return i;
            })) {
      assertThat(ahead.take()).isZero();
      assertThatThrownBy(ahead::take)
          .isInstanceOf(VerydeepException.class)
          .hasMessage("The second cannot be made.");
      assertThat(ahead.take()).isEqualTo(2);
    }
  }

  @Test
  void aLackOfMemoryIsThrownAsWhatItIs() {
    try (var ahead =
        new ReadAhead<Integer>(
            1,
            1,
            i -> {
              throw new OutOfMemoryError("none left");
            })) {
      assertThatThrownBy(ahead::take).isInstanceOf(OutOfMemoryError.class).hasMessage("none left");
    }
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() {
    CountDownLatch never = new CountDownLatch(1);
    try (var ahead =
        new ReadAhead<Integer>(
            1,
            1,
            i -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return i;
            })) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(ahead::take)
          .isInstanceOf(CancellationException.class)
          .hasMessage("The thread was interrupted.");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void afterClosingNothingMoreIsMade() throws InterruptedException {
    AtomicInteger made = new AtomicInteger();
    var ahead = new ReadAhead<>(1000, 1000, 2, i -> slept(5, made.incrementAndGet()));
    ahead.take();
    ahead.close();
    Thread.sleep(100);
    int soon = made.get();
    Thread.sleep(100);
    assertThat(made.get()).isEqualTo(soon).isLessThan(1000);
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
