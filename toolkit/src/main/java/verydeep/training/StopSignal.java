package verydeep.training;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * A request by the operating system to end the process (SIGTERM, or SIGINT in a terminal) while a
 * training runs. The process ends only after the training has stopped between two steps and written
 * its state: native code still running at JVM shutdown would crash it.
 */
final class StopSignal implements AutoCloseable {

  private final Thread training = Thread.currentThread();
  private final CountDownLatch rest = new CountDownLatch(1);
  private final Thread hook = new Thread(this::arrives, "verydeep-stop");
  private volatile boolean requested;

  /** Starts listening, for the training on this thread. */
  StopSignal() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      requested = true; // the JVM is already shutting down already
    }
  }

  private void arrives() {
    requested = true;
    if (isEndingItself()) {
      return;
    }
    training.interrupt(); // it may be waiting for images
    boolean waiting = true;
    while (waiting) {
      try {
        rest.await();
        waiting = false;
      } catch (InterruptedException e) {
        // nothing interrupts this thread
      }
    }
  }

  /** Returns whether the training's own thread called System.exit and so waits for this one. */
  private boolean isEndingItself() {
    return Arrays.stream(training.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
  }

  boolean isRequested() {
    return requested;
  }

  /** Lets the process end; does not return. */
  void restForever() {
    rest.countDown();
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        // until the process has ended
      }
    }
  }

  /** Stops listening. If a signal has arrived, lets it end the process. */
  @Override
  public void close() {
    rest.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is already shutting down
    }
  }
}
