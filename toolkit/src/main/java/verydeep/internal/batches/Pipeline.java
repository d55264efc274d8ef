package verydeep.internal.batches;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import verydeep.data.Augmentation;
import verydeep.data.ColorStatistics;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;
import verydeep.data.TrainingScale;

/**
 * Threads that fill batches ahead of their consumer. Examples are handed out one by one in the
 * epoch's order, so that all threads work on the batch needed first; a ring of three buffers limits
 * how far ahead they get.
 */
final class Pipeline {
  private static final int RING = 3;

  private final Images images;
  private final Augmentation augmentation;
  private final TrainingScale scale;
  private final Preprocessing preprocessing;
  private final ColorStatistics colors;
  private final long seed;
  private final int epoch;
  private final int window;
  private final int size;
  private final int[] order;
  private final Slot[] ring;
  private final Draw[] draws; // by the example's position in the ring
  private final List<Thread> threads = new ArrayList<>();

  private final Object lock = new Object();
  private final int[] done = new int[RING];
  private final int[] failedAt = new int[RING];
  private final Throwable[] failure = new Throwable[RING];
  private int position;
  private int asked;
  private boolean closed;
  private long waited;

  Pipeline(BatchesBuilder settings) {
    images = settings.images;
    augmentation = settings.augmentation;
    scale = settings.scale;
    preprocessing = settings.preprocessing;
    colors = augmentation.colorShift() > 0 ? settings.colors : null;
    seed = settings.seed;
    epoch = settings.epoch;
    window = settings.window;
    size = settings.size;
    order = settings.order();
    position = Math.min(order.length, Math.multiplyExact(settings.firstBatch, size));
    asked = settings.firstBatch;
    ring = new Slot[Math.min(RING, settings.batches())];
    draws = new Draw[ring.length * size];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = Slot.allocate(settings.levels, Math.min(size, order.length), window);
    }
  }

  void start(int count) {
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(this::work, "verydeep-images-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void work() {
    Example example = new Example(window, preprocessing, colors);
    for (int at = ticket(); at >= 0; at = ticket()) {
      Throwable error = null;
      try {
        RgbImage image = images.image(order[at]);
        Draw draw = Draw.of(augmentation, scale, seed, epoch, order[at]);
        draws[at % draws.length] = draw;
        ring[at / size % ring.length].write(example, image, draw, at % size);
      } catch (Throwable e) {
        error = e; // Reaches the consumer, whatever it is.
      }
      report(at, error);
    }
  }

  /**
   * Returns the next example's position in the order, once its batch may be filled; -1 at the end.
   */
  private int ticket() {
    synchronized (lock) {
      while (!closed && position < order.length && position / size >= asked + ring.length) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          return -1;
        }
      }
      return closed || position >= order.length ? -1 : position++;
    }
  }

  private void report(int at, Throwable error) {
    synchronized (lock) {
      int slot = at / size % ring.length;
      if (error != null && (failure[slot] == null || at < failedAt[slot])) {
        failure[slot] = error;
        failedAt[slot] = at;
      }
      if (++done[slot] == examples(at / size)) {
        lock.notifyAll();
      }
    }
  }

  private int examples(int batch) {
    return Math.min(size, order.length - batch * size);
  }

  /** Releases the previous batch, waits for this one, and returns it or throws its first error. */
  Batch take(int batch) {
    int slot = batch % ring.length;
    synchronized (lock) {
      release(batch);
      long start = System.nanoTime();
      while (done[slot] < examples(batch) && !closed && !Thread.currentThread().isInterrupted()) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      waited += System.nanoTime() - start;
      if (closed) {
        throw new IllegalStateException("These batches are closed.");
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("The thread was interrupted at batch " + batch + ".");
      }
      rethrow(failure[slot]);
    }
    int from = batch * size;
    int[] indices = Arrays.copyOfRange(order, from, from + examples(batch));
    int[] labels = Arrays.stream(indices).map(images::label).toArray();
    Draw[] own = Arrays.copyOfRange(draws, slot * size, slot * size + indices.length);
    return ring[slot].batch(labels, indices, own);
  }

  /** Allows the batch before this one to be overwritten. */
  private void release(int batch) {
    if (batch > asked) {
      int slot = asked % ring.length;
      done[slot] = 0;
      failure[slot] = null;
      asked = batch;
      lock.notifyAll();
    }
  }

  private static void rethrow(Throwable error) {
    if (error instanceof RuntimeException exception) {
      throw exception;
    }
    if (error instanceof Error serious) {
      throw serious;
    }
  }

  long waitNanos() {
    synchronized (lock) {
      return waited;
    }
  }

  void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true; // An image takes milliseconds, so wait anyway.
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
