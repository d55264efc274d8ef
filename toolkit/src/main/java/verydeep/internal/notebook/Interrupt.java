package verydeep.internal.notebook;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/**
 * What the stop button of a notebook does: the cell's thread is interrupted, and the cell goes on
 * until the library returns. A training stops after the running batch, its result is the cell's
 * value, and what it prints is shown.
 *
 * <p>The kernel's own answer ends the cell at once, while its thread works on unseen; a second
 * interrupt within three seconds does that.
 */
public final class Interrupt {
  private static final long TWICE = Duration.ofSeconds(3).toNanos();
  private static long last = System.nanoTime() - TWICE;

  private Interrupt() {}

  /**
   * To be called on the signal INT, which Jupyter sends where the kernel's interrupt mode is {@code
   * signal}.
   */
  public static synchronized void arrives() {
    var now = System.nanoTime();
    if (now - last < TWICE) {
      BaseKernel.notebookKernel().interrupt();
    } else {
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().startsWith("jjava-exec-"))
          .forEach(Interrupt::interrupt);
    }
    last = now;
  }

  /** Not while it sends: the kernel's sockets fail in a thread that was interrupted. */
  private static void interrupt(Thread cell) {
    for (var tries = 0; tries < 1000 && isSending(cell); tries++) {
      LockSupport.parkNanos(100_000);
    }
    cell.interrupt();
  }

  private static boolean isSending(Thread cell) {
    return Arrays.stream(cell.getStackTrace())
        .anyMatch(frame -> frame.getClassName().contains(".jjava.jupyter.channels."));
  }
}
