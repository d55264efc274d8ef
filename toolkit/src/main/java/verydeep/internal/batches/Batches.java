package verydeep.internal.batches;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import verydeep.data.Images;

/**
 * The images of one epoch as batches, decoded and augmented ahead of time on other threads. Order
 * and contents depend only on the settings and the seed, not on the number of threads or on where
 * in the epoch iteration begins.
 *
 * <p>Can be iterated once. A batch's buffer is reused when the next batch is requested. Up to two
 * batches are prepared ahead, so three are in memory. The last batch may be smaller. Use it from
 * one thread, and close it: the worker threads end on their own only when all batches have been
 * prepared.
 */
public final class Batches implements Iterable<Batch>, AutoCloseable {
  private final Pipeline pipeline;
  private final int first;
  private final int count;
  private boolean iterated;

  Batches(BatchesBuilder settings) {
    this.pipeline = new Pipeline(settings);
    this.first = settings.firstBatch;
    this.count = settings.batches();
    pipeline.start(settings.threads);
  }

  /**
   * Starts a builder for batches of these images.
   *
   * @param images the images of an epoch
   * @return a builder
   */
  public static BatchesBuilder of(Images images) {
    return new BatchesBuilder(images);
  }

  /**
   * {@return the number of batches to iterate over: those of the epoch minus those skipped at its
   * beginning}
   */
  public int count() {
    return count - first;
  }

  /** {@return how long the consumer has waited for batches so far, in nanoseconds} */
  public long waitNanos() {
    return pipeline.waitNanos();
  }

  /**
   * Returns the batches in order; may be called only once.
   *
   * <p>Its {@code next()} throws the exception of an unreadable image when that image's batch is
   * reached, and {@link CancellationException} when the thread is interrupted; the thread's
   * interrupt flag stays set. Either ends the iteration.
   *
   * @throws IllegalStateException on the second call
   */
  @Override
  public Iterator<Batch> iterator() {
    if (iterated) {
      throw new IllegalStateException(
          "These batches have already been iterated. Call open() again for new ones.");
    }
    iterated = true;
    return new Iterator<>() {
      private int next = first;

      @Override
      public boolean hasNext() {
        return next < count;
      }

      @Override
      public Batch next() {
        if (next >= count) {
          throw new NoSuchElementException("All " + count + " batches have been consumed.");
        }
        boolean given = false;
        try {
          Batch batch = pipeline.take(next);
          next++;
          given = true;
          return batch;
        } finally {
          if (!given) {
            next = count;
            close();
          }
        }
      }
    };
  }

  /**
   * Stops all threads and waits until they have ended. May be called at any time, and more than
   * once.
   */
  @Override
  public void close() {
    pipeline.close();
  }
}
