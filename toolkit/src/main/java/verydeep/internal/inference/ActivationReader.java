package verydeep.internal.inference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import verydeep.NotFiniteException;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.TestViews;
import verydeep.data.UnreadableImageException;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.passes.ForwardPass;

/**
 * Shows images to a network and reads layers' activations, averaged over space. Images are decoded
 * ahead on other threads; views of the same shape go through the network together.
 */
public final class ActivationReader {

  /**
   * Images held together where a pass takes eight at a time: enough to find some of the same shape.
   */
  private static final int CHUNK = 32;

  /** How many times as many there are on a GPU at most. */
  private static final int MOST_CHUNKS = 8;

  /** The most views held together: 150 crops per image would be many. */
  private static final int VIEWS = 192;

  /** Pixels per pass on a CPU. */
  private static final int USUAL = 8 * 224 * 224;

  /** Bytes of images held for a GPU; as many again are read ahead. */
  private static final double HELD = 1 << 28;

  private final ForwardPass pass;
  private final ShapeBatches batches;
  private final TestViews views;
  private double waited;

  /**
   * Creates a reader of some layers.
   *
   * @param pass the network; it is not closed here
   * @param preprocessing how an image becomes the network's input
   * @param views the views of each image
   * @param layers the layers' names
   */
  public ActivationReader(
      ForwardPass pass, Preprocessing preprocessing, TestViews views, List<String> layers) {
    this.pass = pass;
    this.batches = new ShapeBatches(pass, preprocessing, layers);
    this.views = views;
  }

  /** Receives the activations of one image. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Called for each image, in order.
     *
     * @param index the image's index among the images
     * @param activations one entry per view, in the order of the scales
     */
    void accept(int index, List<MeanActivations> activations);

    /**
     * Called in order for an image that cannot be read.
     *
     * @param index the image's index among the images
     * @param reason what is wrong with it; rethrown unless this is overridden
     */
    default void unreadable(int index, UnreadableImageException reason) {
      throw reason;
    }
  }

  /**
   * Returns how many images go through the network together. The last digits for an image may
   * depend on the others in its batch, so a run that resumes should do so at a multiple of this
   * number.
   *
   * @return 32, on a GPU up to 256; fewer if each image has many views
   */
  public int chunk() {
    int chunk = usual();
    int most = (int) (chunk * Math.max(1L, pass.pixelsTogether() / USUAL));
    double side = Collections.max(views.scales());
    double bytes = views.count() * 3 * 1.5 * side * side;
    while (2 * chunk <= most && 2 * chunk * bytes <= HELD) {
      chunk *= 2;
    }
    return chunk;
  }

  /**
   * Returns the number at whose multiples work may be cut, whatever the machine's memory.
   *
   * @param views the views of each image
   * @return 32, or fewer if each image has many views; eight times as many on a GPU
   */
  public static int grain(TestViews views) {
    return usual(views) * (DjlForwardPass.usesGpu() ? MOST_CHUNKS : 1);
  }

  private int usual() {
    return usual(views);
  }

  private static int usual(TestViews views) {
    return Math.max(1, Math.min(CHUNK, VIEWS / views.count()));
  }

  /**
   * Returns a smaller number for few images, so that some are decoded while others are computed.
   */
  private int chunk(int images) {
    int chunk = chunk();
    while (chunk > usual() && 4 * chunk > images) {
      chunk /= 2; // a part of the whole chunk, so that neighbours do not depend on where one began
    }
    return chunk;
  }

  /**
   * Runs all images through the network.
   *
   * @param images the images
   * @param sink receives the activations, image by image in order
   * @throws CancellationException if the thread is interrupted; its interrupt flag stays set
   * @throws NotFiniteException if an activation is infinite or NaN; the exception names the image
   *     and the first such layer
   */
  public void read(Images images, Sink sink) {
    read(images, 0, images.size(), sink);
  }

  /**
   * Runs the images of a range through the network, with the bits that a run through all has.
   *
   * @param images all images
   * @param from the first one's index, a multiple of {@link #chunk()}
   * @param to the index after the last; a multiple too, unless it is the one after all images
   * @param sink receives the activations, image by image in order
   * @throws CancellationException if the thread is interrupted; its interrupt flag stays set
   */
  public void read(Images images, int from, int to, Sink sink) {
    int window = Work.window(pass.network());
    int chunk = chunk(images.size());
    int count = to - from;
    try (var ahead =
        new ReadAhead<>(count, Math.max(2, chunk), i -> views.at(images, from + i, window))) {
      for (int first = from; first < to; first += chunk) {
        List<List<TestViews.Shown>> read = new ArrayList<>();
        List<UnreadableImageException> failures = new ArrayList<>();
        for (int i = first; i < Math.min(first + chunk, to); i++) {
          UnreadableImageException failure = null;
          List<TestViews.Shown> found = List.of();
          try {
            found = ahead.take();
          } catch (UnreadableImageException e) {
            failure = e;
          }
          waited = ahead.waited();
          read.add(found);
          failures.add(failure);
        }
        List<List<MeanActivations>> activations = activations(images, first, read);
        for (int i = 0; i < activations.size(); i++) {
          if (failures.get(i) == null) {
            sink.accept(first + i, activations.get(i));
          } else {
            sink.unreadable(first + i, failures.get(i));
          }
        }
      }
    }
  }

  /**
   * Returns how long the network was idle in the last call of {@code read} because the next images
   * were not yet decoded and resized. It always waits for the first chunk.
   *
   * @return the time in seconds
   */
  public double secondsWaited() {
    return waited;
  }

  private List<List<MeanActivations>> activations(
      Images images, int first, List<List<TestViews.Shown>> chunk) {
    List<TestViews.Shown> flat = chunk.stream().flatMap(List::stream).toList();
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < chunk.size(); i++) {
      indices.addAll(Collections.nCopies(chunk.get(i).size(), first + i));
    }
    List<List<float[]>> means = batches.means(flat, i -> images.name(indices.get(i)));
    List<List<MeanActivations>> result = new ArrayList<>();
    int at = 0;
    for (List<TestViews.Shown> one : chunk) {
      List<MeanActivations> activations = new ArrayList<>();
      for (TestViews.Shown view : one) {
        activations.add(new MeanActivations(view.scale(), view.flipped(), means.get(at++)));
      }
      result.add(activations);
    }
    return result;
  }
}
