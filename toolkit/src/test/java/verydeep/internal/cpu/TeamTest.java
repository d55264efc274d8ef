package verydeep.internal.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads of the kernels. */
@Timeout(60)
class TeamTest {

  private static final Duration LONG = Duration.ofMillis(400);

  private final Team team = new Team(2);

  @AfterEach
  void noInterruptIsLeft() {
    Thread.interrupted();
  }

  /** Runs two pieces, of which a worker has the one that takes long. */
  private void waitForTheWorker() {
    Thread caller = Thread.currentThread();
    CountDownLatch both = new CountDownLatch(2);
    team.run(
        2,
        (index, member) -> {
          both.countDown();
          await(both);
          if (Thread.currentThread() != caller) {
            sleep();
          }
        });
  }

  private static void await(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  private static void sleep() {
    long end = System.nanoTime() + LONG.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @Test
  void eachPieceIsDoneOnce() {
    for (int count : new int[] {0, 1, 2, 3, 1000}) {
      AtomicIntegerArray done = new AtomicIntegerArray(count);
      for (int round = 0; round < 50; round++) {
        team.run(count, (index, member) -> done.incrementAndGet(index));
      }
      for (int i = 0; i < count; i++) {
        assertThat(done.get(i)).as("%d of %d", i, count).isEqualTo(50);
      }
    }
  }

  @Test
  void aCallerThatWaitsForAWorkerSleeps() {
    var threads = ManagementFactory.getThreadMXBean();
    waitForTheWorker();
    long before = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    waitForTheWorker();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(LONG.toNanos());
    assertThat(threads.getCurrentThreadCpuTime() - before).isLessThan(LONG.toNanos() / 2);
  }

  @Test
  void anInterruptedCallerWaitsAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    long start = System.nanoTime();
    waitForTheWorker();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(LONG.toNanos());
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void aWorkersFailureIsTheCallers() {
    Thread caller = Thread.currentThread();
    CountDownLatch both = new CountDownLatch(2);
    assertThatThrownBy(
            () ->
                team.run(
                    2,
                    (index, member) -> {
                      both.countDown();
                      await(both);
                      if (Thread.currentThread() != caller) {
                        throw new IllegalStateException("no memory left");
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no memory left");
    waitForTheWorker(); // and the team goes on
  }
}
