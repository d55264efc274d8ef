package verydeep.internal.inference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Produces items such as decoded images ahead of time on other threads, and hands them out in order
 * to one thread.
 *
 * @param <T> the type of the items
 */
public final class ReadAhead<T> implements AutoCloseable {

  private final IntFunction<T> make;
  private final int count;
  private final int ahead;
  private final ExecutorService threads;
  private final Deque<Future<T>> pending = new ArrayDeque<>();
  private int next;
  private long waited;

  /**
   * Starts producing items.
   *
   * @param count the number of items
   * @param ahead the most items held that were not taken yet
   * @param make produces item i, on any thread
   */
  public ReadAhead(int count, int ahead, IntFunction<T> make) {
    this(count, ahead, Math.min(8, Runtime.getRuntime().availableProcessors()), make);
  }

  /**
   * Starts producing items on a given number of threads, where these mostly wait.
   *
   * @param count the number of items
   * @param ahead the most items held that were not taken yet
   * @param workers the number of threads
   * @param make produces item i, on any thread
   */
  public ReadAhead(int count, int ahead, int workers, IntFunction<T> make) {
    this.make = make;
    this.count = count;
    this.ahead = ahead;
    threads =
        Executors.newFixedThreadPool(
            Math.max(1, workers),
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

  /**
   * Returns the next item, or throws what producing it threw.
   *
   * @return the first, the second, and so on; {@code count} of them
   * @throws CancellationException if the thread is interrupted; its flag stays set
   */
  public T take() {
    Future<T> future = pending.remove();
    fill();
    long began = System.nanoTime();
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException)
          new CancellationException("The thread was interrupted.").initCause(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      if (e.getCause() instanceof Error error) {
        throw error; // such as a lack of memory
      }
      throw new AssertionError(e.getCause());
    } finally {
      waited += System.nanoTime() - began;
    }
  }

  /** {@return the time spent waiting for items so far, in seconds} */
  public double waited() {
    return waited / 1e9;
  }

  /** Stops the threads. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
