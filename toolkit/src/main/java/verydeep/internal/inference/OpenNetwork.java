package verydeep.internal.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;
import verydeep.data.TestViews;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Parameters;

/**
 * A network with its weights loaded, which any number of threads may show images to. One of them
 * computes at a time, with all cores; images that wait at that moment go through the network with
 * its own where that changes no bit. So an answer never depends on what else is being asked.
 */
public final class OpenNetwork implements AutoCloseable {

  /** As many as a pass on a CPU takes at a time. */
  private static final int TOGETHER = 8;

  private final ForwardPass pass;
  private final ShapeBatches batches;
  private final TestViews views;
  private final int together;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final ConcurrentLinkedDeque<Request> waiting = new ConcurrentLinkedDeque<>();
  private boolean closed;

  /**
   * Loads the weights.
   *
   * @param arithmetic what computes
   * @param parameters the weights and their network
   * @param preprocessing how an image becomes the network's input
   * @param views the views of each image
   * @param layers the names of the layers whose activations are wanted
   */
  public OpenNetwork(
      Arithmetic arithmetic,
      Parameters parameters,
      Preprocessing preprocessing,
      TestViews views,
      List<String> layers) {
    this.pass = OwnThread.run(() -> Arithmetics.load(arithmetic, parameters));
    this.batches = new ShapeBatches(pass, preprocessing, layers);
    this.views = views;
    this.together = arithmetic.sameBitsInAnyBatch() ? TOGETHER : 1;
  }

  /** One image, and what becomes of it; guarded by the lock once it waits. */
  private static final class Request {
    private final List<TestViews.Shown> shown;
    private final String name;
    private List<MeanActivations> result;
    private Throwable failure;

    Request(List<TestViews.Shown> shown, String name) {
      this.shown = shown;
      this.name = name;
    }

    boolean done() {
      return result != null || failure != null;
    }
  }

  /**
   * Shows an image to the network.
   *
   * @param image the image
   * @param name what messages call it
   * @return the activations averaged over space, one entry per view, in the order of the scales
   * @throws verydeep.NotFiniteException if an activation is infinite or NaN
   * @throws VerydeepException if the network is closed, or the image is too small or too long
   * @throws CancellationException if the thread is interrupted; its interrupt flag stays set
   */
  public List<MeanActivations> run(RgbImage image, String name) {
    return OwnThread.run(() -> shown(image, name));
  }

  private List<MeanActivations> shown(RgbImage image, String name) {
    Request own = new Request(views.of(image, name, Work.window(pass.network())), name);
    waiting.addLast(own);
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      waiting.remove(own);
      Thread.currentThread().interrupt();
      throw (CancellationException)
          new CancellationException("The thread was interrupted.").initCause(e);
    }
    try {
      while (!own.done()) {
        compute(own);
      }
    } finally {
      lock.unlock();
    }
    if (own.failure instanceof RuntimeException e) {
      throw e;
    }
    if (own.failure instanceof Error e) {
      throw e;
    }
    return own.result;
  }

  /** Computes those that wait the longest, up to a batch; an interrupt ends only its own. */
  private void compute(Request own) {
    List<Request> batch = new ArrayList<>();
    while (batch.size() < together && !waiting.isEmpty()) {
      batch.add(waiting.removeFirst());
    }
    try {
      compute(batch);
    } catch (CancellationException e) {
      for (int i = batch.size() - 1; i >= 0; i--) {
        if (batch.get(i) != own && !batch.get(i).done()) {
          waiting.addFirst(batch.get(i));
        }
      }
      waiting.remove(own);
      own.failure = e;
    }
  }

  private void compute(List<Request> batch) {
    try {
      if (closed) {
        throw new VerydeepException("This " + pass.network().label() + " is closed.");
      }
      List<TestViews.Shown> all = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (Request request : batch) {
        all.addAll(request.shown);
        request.shown.forEach(shown -> names.add(request.name));
      }
      List<List<float[]>> means = batches.means(all, names::get);
      int at = 0;
      for (Request request : batch) {
        List<MeanActivations> result = new ArrayList<>();
        for (TestViews.Shown shown : request.shown) {
          result.add(new MeanActivations(shown.scale(), shown.flipped(), means.get(at++)));
        }
        request.result = result;
      }
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      if (batch.size() > 1) {
        batch.forEach(request -> compute(List.of(request))); // each has its own result or error
      } else {
        batch.get(0).failure = e;
      }
    }
  }

  /** {@return what does the arithmetic, in a few words} */
  public String arithmetic() {
    return pass.arithmetic();
  }

  /** {@return the bytes that the weights take; 0 once it is closed} */
  public long bytes() {
    return pass.bytes();
  }

  /** Waits for the image that is being computed, and releases the memory. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        pass.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
