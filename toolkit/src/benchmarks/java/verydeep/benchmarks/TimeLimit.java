package verydeep.benchmarks;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long a benchmark may go on; a round that would take it longer is not begun. */
final class TimeLimit {

  private final Duration limit;
  private final LongSupplier nanoseconds;
  private final long start;

  /** The clock counts nanoseconds, as {@link System#nanoTime} does. */
  TimeLimit(Duration limit, LongSupplier nanoseconds) {
    this.limit = limit;
    this.nanoseconds = nanoseconds;
    this.start = nanoseconds.getAsLong();
  }

  /**
   * The limit that the system property {@code minutes} sets, from now on; a year if it is not set.
   */
  static TimeLimit given() {
    String minutes = System.getProperty("minutes");
    if (minutes == null) {
      return new TimeLimit(Duration.ofDays(365), System::nanoTime);
    }
    if (!minutes.matches("[1-9]\\d{0,4}")) {
      throw new IllegalArgumentException(
          "minutes=" + minutes + ": a whole number from 1 to 99999 is needed.");
    }
    return new TimeLimit(Duration.ofMinutes(Long.parseLong(minutes)), System::nanoTime);
  }

  /** The time since the start. */
  Duration spent() {
    return Duration.ofNanos(nanoseconds.getAsLong() - start);
  }

  /** Whether there is time for what will take so long. */
  boolean allows(Duration expected) {
    return spent().plus(expected).compareTo(limit) < 0;
  }
}
