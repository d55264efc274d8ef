package verydeep.weights;

import java.io.PrintStream;

/** A line showing a download's progress, rewritten every second; nothing in quiet mode. */
final class Progress {

  private static final long EVERY_NANOS = 1_000_000_000L;

  private final String file;
  private final PrintStream out;
  private final boolean quiet;
  private long next = System.nanoTime() + EVERY_NANOS;
  private boolean begun;

  Progress(String file, PrintStream out, boolean quiet) {
    this.file = file;
    this.out = out;
    this.quiet = quiet;
  }

  /**
   * Reports how many bytes have arrived.
   *
   * @param all how many are expected, or -1 if unknown
   */
  void at(long received, long all) {
    if (!quiet && System.nanoTime() - next >= 0) {
      next = System.nanoTime() + EVERY_NANOS;
      begun = true;
      String of = all < 0 ? "" : " of " + all / 1_000_000;
      out.print("\r" + file + ": " + received / 1_000_000 + of + " MB ");
    }
  }

  /** Reports something that takes a while and cannot be measured. */
  void say(String what) {
    end();
    if (!quiet) {
      out.println(file + ": " + what);
    }
  }

  /** Ends the line. */
  void end() {
    if (begun) {
      out.println();
      begun = false;
    }
  }
}
