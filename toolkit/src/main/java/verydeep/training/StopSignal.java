package verydeep.training;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * A request of the operating system to end the process (SIGTERM, or SIGINT in a terminal) while a
 * training runs. The process ends only when the training has come to rest between two steps and has
 * kept itself: native arithmetic that runs while the JVM ends would crash it.
 */
final class StopSignal implements AutoCloseable {

  private final Thread training = Thread.currentThread();
  private final CountDownLatch rest = new CountDownLatch(1);
  private final Thread hook = new Thread(this::arrives, "verydeep-stop");
  private volatile boolean requested;

  /** Listens from now on, for the training of this thread. */
  StopSignal() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      requested = true; // it is ending already
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
        // nobody interrupts this thread
      }
    }
  }

  /** The training's own thread called System.exit, and so waits for this one. */
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

  /** Listens no longer. If a signal has come, the process is left to it. */
  @Override
  public void close() {
    rest.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // it is ending
    }
  }
}
