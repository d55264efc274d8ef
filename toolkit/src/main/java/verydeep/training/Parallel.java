package verydeep.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs one task per replica concurrently and waits for all of them, even if one fails or the thread
 * is interrupted, so no native memory is closed while a task uses it. A single task runs on the
 * caller's own thread.
 */
final class Parallel implements AutoCloseable {

  private final ExecutorService threads;

  Parallel(int count) {
    threads =
        count == 1
            ? null
            : Executors.newFixedThreadPool(
                count,
                work -> {
                  Thread thread = new Thread(work, "verydeep-replica");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  /** A task that throws no checked exceptions. */
  @FunctionalInterface
  interface Task<T> extends Callable<T> {
    @Override
    T call();
  }

  /** Returns the tasks' results in order, or throws the first failure. */
  <T> List<T> run(List<Task<T>> tasks) {
    if (threads == null) {
      return tasks.stream().map(Task::call).toList();
    }
    List<Future<T>> futures = new ArrayList<>();
    tasks.forEach(task -> futures.add(threads.submit(task)));
    List<T> results = new ArrayList<>();
    Throwable failure = null;
    boolean interrupted = false;
    for (Future<T> future : futures) {
      boolean done = false;
      while (!done) {
        try {
          results.add(future.get());
          done = true;
        } catch (InterruptedException e) {
          interrupted = true; // finish the step first; the interrupt takes effect after it
        } catch (ExecutionException e) {
          failure = failure == null ? e.getCause() : failure;
          done = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return results;
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.shutdown();
    }
  }
}
