package verydeep.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.UnreadablePictureException;
import verydeep.network.ForwardPass;

/**
 * Shows pictures to a network and reads layers' responses, averaged over space. Pictures are
 * decoded ahead on other threads; looks of the same shape go through the network together.
 */
public final class ResponseReader {

  /**
   * Pictures that are looked at together where a pass takes eight at once: enough to find some of
   * the same shape.
   */
  private static final int CHUNK = 32;

  /** Looks that are held together at most: 150 crops a picture would be many. */
  private static final int LOOKS = 192;

  /** Pixels that a pass on a CPU takes at once. */
  private static final int USUAL = 8 * 224 * 224;

  /** Bytes of pictures that are held for a card, and as many again are read ahead. */
  private static final double HELD = 1 << 28;

  private final ForwardPass pass;
  private final ShapeBatches batches;
  private final Looks looks;
  private double waited;

  /**
   * A reader of some layers.
   *
   * @param pass the network; it is not closed here
   * @param preprocessing how a picture becomes the network's input
   * @param looks how each picture is looked at
   * @param layers the layers' names
   */
  public ResponseReader(
      ForwardPass pass, Preprocessing preprocessing, Looks looks, List<String> layers) {
    this.pass = pass;
    this.batches = new ShapeBatches(pass, preprocessing, layers);
    this.looks = looks;
  }

  /** Takes the responses to one picture. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Called for each picture, in order.
     *
     * @param index the picture's index among the images
     * @param responses one for each look, in the order of the scales
     */
    void accept(int index, List<Response> responses);

    /**
     * Called in its turn for a picture that cannot be read.
     *
     * @param index the picture's index among the images
     * @param reason what is wrong with it; thrown on unless this is overridden
     */
    default void unreadable(int index, UnreadablePictureException reason) {
      throw reason;
    }
  }

  /**
   * How many pictures go together. What the network computes for a picture may differ in last
   * digits with the pictures beside it, so who goes on in the middle should do so at a multiple.
   *
   * @return 32, on a card up to 256; fewer if each picture is looked at often
   */
  public int chunk() {
    int chunk = usual();
    int most = (int) (chunk * Math.max(1L, pass.pixelsAtOnce() / USUAL));
    double side = Collections.max(looks.scales());
    double bytes = looks.count() * 3 * 1.5 * side * side;
    while (2 * chunk <= most && 2 * chunk * bytes <= HELD) {
      chunk *= 2;
    }
    return chunk;
  }

  private int usual() {
    return Math.max(1, Math.min(CHUNK, LOOKS / looks.count()));
  }

  /** Of few pictures less, so that some are decoded while others are computed. */
  private int chunk(int pictures) {
    int chunk = chunk();
    while (chunk > usual() && 4 * chunk > pictures) {
      chunk /= 2; // a part of the whole chunk, so that neighbours do not depend on where one began
    }
    return chunk;
  }

  /**
   * Looks at all pictures.
   *
   * @param images the pictures
   * @param sink takes the responses, picture by picture in order
   * @throws CancellationException if the thread is interrupted; its flag stays set
   * @throws NotFiniteException if a response is infinite or not a number; it names the picture and
   *     the first such layer
   */
  public void read(Images images, Sink sink) {
    read(images, 0, sink);
  }

  /**
   * Looks at the pictures from one on.
   *
   * @param images the pictures
   * @param from the first one's index
   * @param sink takes the responses, picture by picture in order
   * @throws CancellationException if the thread is interrupted; its flag stays set
   */
  public void read(Images images, int from, Sink sink) {
    int window = Looks.window(pass.network());
    int chunk = chunk(images.size());
    int count = images.size() - from;
    try (var ahead =
        new ReadAhead<>(count, Math.max(2, chunk), i -> looks.at(images, from + i, window))) {
      for (int first = from; first < images.size(); first += chunk) {
        List<List<Looks.Look>> read = new ArrayList<>();
        List<UnreadablePictureException> failures = new ArrayList<>();
        for (int i = first; i < Math.min(first + chunk, images.size()); i++) {
          UnreadablePictureException failure = null;
          List<Looks.Look> found = List.of();
          try {
            found = ahead.take();
          } catch (UnreadablePictureException e) {
            failure = e;
          }
          waited = ahead.waited();
          read.add(found);
          failures.add(failure);
        }
        List<List<Response>> responses = responses(images, first, read);
        for (int i = 0; i < responses.size(); i++) {
          if (failures.get(i) == null) {
            sink.accept(first + i, responses.get(i));
          } else {
            sink.unreadable(first + i, failures.get(i));
          }
        }
      }
    }
  }

  /**
   * How long the network stood still in the last call of {@code read} because the next pictures
   * were not decoded and resized yet. The first chunk is always waited for.
   *
   * @return seconds
   */
  public double secondsWaited() {
    return waited;
  }

  private List<List<Response>> responses(Images images, int first, List<List<Looks.Look>> chunk) {
    List<Looks.Look> flat = chunk.stream().flatMap(List::stream).toList();
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < chunk.size(); i++) {
      indices.addAll(Collections.nCopies(chunk.get(i).size(), first + i));
    }
    List<List<float[]>> means =
        batches.run(
            flat.stream().map(Looks.Look::picture).toList(),
            i -> images.file(indices.get(i)).toString(),
            (layers, i) -> layers.stream().map(layer -> layer.meanOverSpace(i)).toList());
    List<List<Response>> result = new ArrayList<>();
    int at = 0;
    for (List<Looks.Look> one : chunk) {
      List<Response> responses = new ArrayList<>();
      for (Looks.Look look : one) {
        responses.add(new Response(look.scale(), look.mirrored(), means.get(at++)));
      }
      result.add(responses);
    }
    return result;
  }
}
