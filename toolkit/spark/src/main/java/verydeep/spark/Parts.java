package verydeep.spark;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import verydeep.VerydeepException;

/**
 * Sends the parts of an order to the executors and hands over what comes back, part by part. Each
 * part is a job of Spark, so that what has come is kept whatever happens to the others, and so that
 * spark.driver.maxResultSize, which counts by job, limits one part and not all.
 */
final class Parts {

  /** Parts that wait on the driver, so that no executor does: enough for some dozens of them. */
  private static final int LEAST_WAITING = 16;

  private final JavaSparkContext context;
  private final Order order;

  Parts(JavaSparkContext context, Order order) {
    this.context = context;
    this.order = order;
  }

  /**
   * Does parts.
   *
   * @param wanted their numbers
   * @param done receives the outcome of each, on this thread
   * @throws VerydeepException if one cannot be done
   * @throws CancellationException if the thread is interrupted
   */
  void run(List<Integer> wanted, Consumer<PartOutcome> done) {
    if (wanted.isEmpty()) {
      return;
    }
    int waiting = Math.max(LEAST_WAITING, 2 * context.defaultParallelism());
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(waiting, wanted.size()), Parts::daemon);
    Broadcast<Order> sent = context.broadcast(order);
    boolean complete = false;
    try {
      CompletionService<PartOutcome> outcomes = new ExecutorCompletionService<>(threads);
      wanted.forEach(index -> outcomes.submit(() -> send(sent, index)));
      for (int i = 0; i < wanted.size(); i++) {
        done.accept(checked(outcomes.take().get()));
      }
      complete = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException)
          new CancellationException("Stopped. The same call goes on if the cluster has a folder.")
              .initCause(e);
    } catch (ExecutionException e) {
      throw new VerydeepException(
          "A part was given up, after as many attempts as spark.task.maxFailures allows: "
              + e.getCause().getMessage(),
          e.getCause());
    } finally {
      if (!complete) {
        context.cancelJobGroup(order.id());
      }
      threads.shutdownNow();
      OpenJob.close(order.id()); // an executor inside this JVM, local[n], has opened it here
      sent.destroy();
    }
  }

  private PartOutcome send(Broadcast<Order> sent, int index) {
    String what = "verydeep: part %d of %d".formatted(index, order.parts());
    context.setJobGroup(order.id(), what, true);
    return context.parallelize(List.of(index), 1).map(new PartTask(sent)).collect().get(0);
  }

  private PartOutcome checked(PartOutcome outcome) {
    if (!outcome.failure().isEmpty()) {
      throw new VerydeepException(
          "Part %d of %d cannot be done on the machine %s: %s"
              .formatted(outcome.index(), order.parts(), outcome.machine(), outcome.failure()));
    }
    return outcome;
  }

  private static Thread daemon(Runnable what) {
    Thread thread = new Thread(what, "verydeep-parts");
    thread.setDaemon(true);
    return thread;
  }
}
