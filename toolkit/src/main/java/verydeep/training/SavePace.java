package verydeep.training;

import java.time.Duration;

/**
 * When a training writes its state: at least a given time after the last write, and at least twenty
 * times as long after it as it took, so that writing costs less than a twentieth of the time.
 */
final class SavePace {

  static final int TIMES = 20;

  private final long atLeast;
  private final int times;
  private long ended = System.nanoTime();
  private long took;

  /**
   * Starts now.
   *
   * @param atLeast the shortest time between two writes
   * @param times the least ratio of that time to the duration of a write
   */
  SavePace(Duration atLeast, int times) {
    this.atLeast = atLeast.toNanos();
    this.times = times;
  }

  boolean isDue() {
    return System.nanoTime() - ended >= Math.max(atLeast, times * took);
  }

  /** Runs the write and remembers how long it took, even if it fails. */
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
