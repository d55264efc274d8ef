package verydeep.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;

/**
 * The images of one epoch as batches, decoded and augmented ahead on other threads. Order and
 * contents depend on the settings and the seed alone, not on the number of threads, nor on where in
 * the epoch one begins.
 *
 * <pre>{@code
 * try (var batches = Batches.of(images).window(64).preprocessing(Preprocessing.caffe()).open()) {
 *   for (Batch batch : batches) {
 *     System.out.println(batch.size());
 *   }
 * }
 * }</pre>
 *
 * <p>Can be iterated once. A batch's buffer is used again when the next batch is asked for. Up to
 * two batches are made ahead, so three are in memory. The last batch may be smaller. To be used by
 * one thread, and closed: threads end by themselves only when all batches are made.
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
   * Begins to describe batches of these images.
   *
   * @param images the images of an epoch
   * @return a builder
   */
  public static BatchesBuilder of(Images images) {
    return new BatchesBuilder(images);
  }

  /**
   * {@return the number of batches that this gives: those of the epoch less those before the first
   * one}
   */
  public int count() {
    return count - first;
  }

  /** {@return how long the consumer has waited for batches so far, nanoseconds} */
  public long waitNanos() {
    return pipeline.waitNanos();
  }

  /**
   * The batches, in order; works once.
   *
   * <p>Its {@code next()} throws the error of an image that could not be read, when its batch is
   * reached, and {@link CancellationException} when the thread is interrupted; the thread's
   * interrupt flag stays set. Either ends the iteration.
   *
   * @throws IllegalStateException the second time
   */
  @Override
  public Iterator<Batch> iterator() {
    if (iterated) {
      throw new IllegalStateException("these batches have been iterated; open() new ones");
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
          throw new NoSuchElementException("all " + count + " batches have been given");
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

  /** Ends all threads, at any moment, and waits until they have ended. May be called twice. */
  @Override
  public void close() {
    pipeline.close();
  }
}
