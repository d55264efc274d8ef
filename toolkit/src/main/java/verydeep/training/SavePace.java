package verydeep.training;

import java.time.Duration;

/**
 * When a training keeps itself: at least some time after the last time, and at least twenty times
 * as long as that took, so that it costs less than a twentieth of the time.
 */
final class SavePace {

  static final int TIMES = 20;

  private final long atLeast;
  private final int times;
  private long ended = System.nanoTime();
  private long took;

  /**
   * Begins now.
   *
   * @param atLeast the time between two
   * @param times how much longer that is than saving took
   */
  SavePace(Duration atLeast, int times) {
    this.atLeast = atLeast.toNanos();
    this.times = times;
  }

  boolean isDue() {
    return System.nanoTime() - ended >= Math.max(atLeast, times * took);
  }

  /** Runs what saves, and remembers how long it took, also if it fails. */
  void time(Runnable save) {
    long start = System.nanoTime();
    try {
      save.run();
    } finally {
      ended = System.nanoTime();
      took = ended - start;
    }
  }
}
