package verydeep.internal.inference;

import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Long work where JShell cannot break it off. JShell answers Ctrl-C by throwing an error out of
 * whatever instruction its thread is at, which would lose what was computed and leave locks and
 * native memory behind. So in JShell the work runs on a thread of its own while JShell's thread
 * waits: the first Ctrl-C interrupts the work, which then returns what it has, as after any other
 * interrupt. A second Ctrl-C gives up waiting.
 *
 * <p>Elsewhere (programs, scripts, notebooks) the work runs on the caller's thread.
 */
public final class OwnThread {

  /** Who runs snippets and can stop them; the remote one is what the tool {@code jshell} uses. */
  private static final String[] SHELLS = {
    "jdk.jshell.execution.RemoteExecutionControl", "jdk.jshell.execution.LocalExecutionControl"
  };

  /** After this time without an end, the user is told that the work is ending. */
  private static final long PATIENCE_MILLIS = 1_000;

  private OwnThread() {}

  /**
   * Does some work and returns when it is done.
   *
   * @param work answers an interrupt of its thread soon, by a result or by an exception
   * @return its result
   * @throws CancellationException if the work does, after an interrupt or Ctrl-C
   */
  public static <T> T run(Supplier<T> work) {
    return isShell() ? new Waiting<>(work).result() : work.get();
  }

  private static boolean isShell() {
    return StackWalker.getInstance()
        .walk(frames -> frames.map(StackWalker.StackFrame::getClassName).anyMatch(OwnThread::runs));
  }

  private static boolean runs(String name) {
    for (String shell : SHELLS) {
      if (name.equals(shell)) {
        return true;
      }
    }
    return false;
  }

  /** The shell's thread, which waits for the work. */
  private static final class Waiting<T> {

    private final Thread worker;
    private T result;
    private Throwable failure;
    private boolean asked;
    private boolean stopped;

    Waiting(Supplier<T> work) {
      // Local execution control stops every thread of the snippet's group.
      worker = new Thread(root(), () -> run(work), "verydeep-work");
      worker.setDaemon(true);
    }

    private static ThreadGroup root() {
      ThreadGroup group = Thread.currentThread().getThreadGroup();
      while (group.getParent() != null) {
        group = group.getParent();
      }
      return group;
    }

    private void run(Supplier<T> work) {
      try {
        result = work.get();
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }

    /**
     * The error may come at any instruction, so the work is started and awaited inside the block.
     */
    T result() {
      boolean waiting = true;
      while (waiting) {
        try {
          if (worker.getState() == Thread.State.NEW) {
            worker.start();
          }
          await();
          waiting = false;
        } catch (Error stop) {
          if (stopped) {
            throw stop;
          }
          stopped = true;
          ask();
        }
      }
      if (asked) {
        Thread.interrupted(); // the work has answered it
      }
      return outcome();
    }

    private void await() {
      while (worker.isAlive()) {
        try {
          worker.join(asked ? PATIENCE_MILLIS : 0);
          if (asked && worker.isAlive()) {
            System.out.println(
                "\nStopping after the step that is running; Ctrl-C again gives up what it has.");
            worker.join();
          }
        } catch (InterruptedException e) {
          ask();
        }
      }
    }

    /** Interrupts first: the error may come in between, and then this is called once more. */
    private void ask() {
      if (!asked) {
        worker.interrupt();
        asked = true;
      }
    }

    private T outcome() {
      if (failure instanceof CancellationException) {
        failure.setStackTrace(
            new StackTraceElement[0]); // the user asked for it: no riddle to solve
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      return result;
    }
  }
}
