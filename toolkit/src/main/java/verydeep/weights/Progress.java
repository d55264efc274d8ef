package verydeep.weights;

import java.io.PrintStream;
import verydeep.internal.inference.ProgressLine;

/** How far a download is; nothing in quiet mode. */
final class Progress {

  private final String file;
  private final PrintStream out;
  private final boolean quiet;
  private final ProgressLine line;

  Progress(String file, PrintStream out, boolean quiet) {
    this.file = file;
    this.out = out;
    this.quiet = quiet;
    line = quiet ? ProgressLine.silent() : ProgressLine.printing();
  }

  /**
   * Reports how many bytes have arrived.
   *
   * @param all how many are expected, or -1 if unknown
   */
  void at(long received, long all) {
    String of = all < 0 ? "" : " of " + all / 1_000_000;
    line.show(() -> file + ": " + received / 1_000_000 + of + " MB");
  }

  /** Reports something that takes a while and cannot be measured. */
  void say(String what) {
    end();
    if (!quiet) {
      out.println(file + ": " + what);
    }
  }

  /** Takes the line away. */
  void end() {
    line.clear();
  }
}
