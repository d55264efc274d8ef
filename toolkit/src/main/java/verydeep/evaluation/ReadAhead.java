package verydeep.evaluation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Makes things ahead of their use on other threads, and hands them out in order. */
final class ReadAhead<T> implements AutoCloseable {

  private final IntFunction<T> make;
  private final int count;
  private final int ahead;
  private final ExecutorService threads;
  private final Deque<Future<T>> pending = new ArrayDeque<>();
  private int next;
  private long waited;

  ReadAhead(int count, int ahead, IntFunction<T> make) {
    this.make = make;
    this.count = count;
    this.ahead = ahead;
    int processors = Runtime.getRuntime().availableProcessors();
    threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(8, processors)),
            task -> {
              Thread thread = new Thread(task, "verydeep-read-ahead");
              thread.setDaemon(true);
              return thread;
            });
    fill();
  }

  private void fill() {
    while (pending.size() < ahead && next < count) {
      int index = next++;
      pending.add(threads.submit(() -> make.apply(index)));
    }
  }

  /** The next thing; what its making threw is thrown here. */
  T take() {
    Future<T> future = pending.remove();
    fill();
    long began = System.nanoTime();
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException) new CancellationException("interrupted").initCause(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      throw new AssertionError(e.getCause());
    } finally {
      waited += System.nanoTime() - began;
    }
  }

  /** How long things were waited for so far, in seconds. */
  double waited() {
    return waited / 1e9;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
