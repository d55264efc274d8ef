package verydeep.internal.cpu;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads of the forward pass: the caller works too, and all move from one piece of work to the
 * next in lockstep, as the layers do. Between pieces they spin briefly, since layers follow each
 * other within microseconds, and then sleep. The caller sleeps as well, since a thread that it
 * waits for may itself be waiting for a processor, such as while the next images are decoded. They
 * are daemons and serve one network at a time.
 */
final class Team {

  /** Numbered, independent pieces of work. */
  @FunctionalInterface
  interface Task {
    /**
     * Does a piece.
     *
     * @param index the piece's number, from 0
     * @param member the thread that does it, from 0 to {@link Team#size()} - 1
     */
    void run(int index, int member);
  }

  private record Round(
      int number, int count, Task task, Thread caller, AtomicInteger next, AtomicInteger done) {

    private Round(int number, int count, Task task) {
      this(number, count, task, Thread.currentThread(), new AtomicInteger(), new AtomicInteger());
    }

    private boolean over() {
      return done.get() >= count;
    }
  }

  /** One or two tenths of a millisecond, more than it takes to fall asleep and to wake up. */
  private static final int SPINS = 3_000;

  /** A team with as many threads as the JVM may use processors. */
  static final Team SHARED = new Team(Runtime.getRuntime().availableProcessors());

  private final ReentrantLock owner = new ReentrantLock();
  private final Thread[] workers;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile Round round = new Round(0, 0, (i, m) -> {});

  Team(int size) {
    workers = new Thread[Math.max(0, size - 1)];
    for (int i = 0; i < workers.length; i++) {
      int member = i + 1;
      workers[i] = new Thread(() -> work(member), "verydeep-cpu-" + member);
      workers[i].setDaemon(true);
      workers[i].start();
    }
  }

  /** Returns the number of threads, including the caller. */
  int size() {
    return workers.length + 1;
  }

  /** Waits until no other network uses the team. */
  void take() {
    try {
      owner.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException)
          new CancellationException("The thread was interrupted.").initCause(e);
    }
  }

  /** Lets the next network use the team. */
  void release() {
    owner.unlock();
  }

  /**
   * Does all pieces and returns when the last is done; an exception of a piece is rethrown here.
   */
  @SuppressWarnings("ThreadPriorityCheck") // yields only if interrupted, when it cannot sleep
  void run(int count, Task task) {
    if (count <= 1 || workers.length == 0) {
      for (int i = 0; i < count; i++) {
        task.run(i, 0);
      }
      return;
    }
    Round mine = new Round(round.number + 1, count, task);
    round = mine;
    for (Thread worker : workers) {
      LockSupport.unpark(worker);
    }
    help(mine, 0);
    for (int spins = 0; !mine.over(); spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else if (mine.caller.isInterrupted()) {
        Thread.yield();
      } else {
        LockSupport.park(this);
      }
    }
    Throwable thrown = failure.getAndSet(null);
    if (thrown instanceof Error error) {
      throw error;
    } else if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }

  private void help(Round now, int member) {
    for (int i = now.next.getAndIncrement(); i < now.count; i = now.next.getAndIncrement()) {
      try {
        now.task.run(i, member);
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      } finally {
        now.done.incrementAndGet();
        if (now.over() && Thread.currentThread() != now.caller) {
          LockSupport.unpark(now.caller);
        }
      }
    }
  }

  private void work(int member) {
    int seen = 0;
    while (true) {
      Round now = round;
      for (int spins = 0; now.number == seen && spins < SPINS; spins++) {
        Thread.onSpinWait();
        now = round;
      }
      while (now.number == seen) {
        LockSupport.park(this);
        now = round;
      }
      seen = now.number;
      help(now, member);
    }
  }
}
