package verydeep.evaluation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import verydeep.data.Picture;
import verydeep.data.Preprocessing;
import verydeep.network.Activations;
import verydeep.network.ForwardPass;

/**
 * Shows pictures of many shapes to a network, those of the same shape together: in batches it is
 * much faster. What it computes for a picture may differ in last digits with the pictures beside
 * it, so the same bits need the same pictures in a call.
 */
public final class ShapeBatches {

  /** From this many pictures on, several threads preprocess them. */
  private static final int MANY = 32;

  private final ForwardPass pass;
  private final Preprocessing preprocessing;
  private final List<String> layers;

  /** Reused, and as large as the largest batch: allocating and clearing it costs milliseconds. */
  private FloatBuffer pixels = FloatBuffer.allocate(0);

  /**
   * Batches for a network.
   *
   * @param pass the network; it is not closed here
   * @param preprocessing how a picture becomes the network's input
   * @param layers the names of the layers whose responses are wanted
   */
  public ShapeBatches(ForwardPass pass, Preprocessing preprocessing, List<String> layers) {
    this.pass = pass;
    this.preprocessing = preprocessing;
    this.layers = List.copyOf(layers);
  }

  /**
   * Takes out of a batch what is wanted of a picture.
   *
   * @param <T> what that is
   */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Called once for each picture.
     *
     * @param batch the responses of the layers, in their order
     * @param picture the picture's place in the batch
     * @return what is kept of it
     */
    T read(List<Activations> batch, int picture);
  }

  /**
   * Shows pictures to the network.
   *
   * @param pictures of any shapes, any number
   * @param reader what is kept of each
   * @param <T> what that is
   * @return one a picture, in their order
   * @throws CancellationException if the thread is interrupted; its flag stays set
   * @throws NotFiniteException if a response is infinite or not a number
   */
  public <T> List<T> run(List<Picture> pictures, Reader<T> reader) {
    return run(
        pictures,
        i -> "a picture of %dx%d".formatted(pictures.get(i).width(), pictures.get(i).height()),
        reader);
  }

  /**
   * Shows pictures to the network.
   *
   * @param names of the pictures, for errors
   */
  <T> List<T> run(List<Picture> pictures, IntFunction<String> names, Reader<T> reader) {
    List<T> results = new ArrayList<>(Collections.nCopies(pictures.size(), null));
    Map<Long, List<Integer>> byShape = new LinkedHashMap<>();
    for (int i = 0; i < pictures.size(); i++) {
      Picture picture = pictures.get(i);
      long shape = (long) picture.height() << 32 | picture.width();
      byShape.computeIfAbsent(shape, s -> new ArrayList<>()).add(i);
    }
    for (List<Integer> same : byShape.values()) {
      Picture first = pictures.get(same.get(0));
      int most = Math.max(1, pass.pixelsAtOnce() / (first.width() * first.height()));
      for (int from = 0; from < same.size(); from += most) {
        List<Integer> batch = same.subList(from, Math.min(from + most, same.size()));
        List<Activations> responses = run(batch.stream().map(pictures::get).toList());
        for (Activations response : responses) {
          int without = FiniteResponses.firstWithout(response);
          if (without >= 0) {
            int each = 3 * first.width() * first.height();
            throw FiniteResponses.error(
                pass,
                response.layer(),
                names.apply(batch.get(without)),
                pixels.slice(without * each, each),
                first.height(),
                first.width());
          }
        }
        for (int j = 0; j < batch.size(); j++) {
          results.set(batch.get(j), reader.read(responses, j));
        }
      }
    }
    return results;
  }

  /** Pictures of one shape. */
  private List<Activations> run(List<Picture> batch) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
    Picture first = batch.get(0);
    int numbers = Math.multiplyExact(3 * batch.size(), first.width() * first.height());
    if (pixels.capacity() < numbers) {
      pixels =
          ByteBuffer.allocateDirect(Math.multiplyExact(4, numbers))
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }
    pixels.clear().limit(numbers);
    int each = numbers / batch.size();
    IntStream places = IntStream.range(0, batch.size());
    (batch.size() < MANY ? places : places.parallel())
        .forEach(i -> preprocessing.write(batch.get(i), pixels.slice(i * each, each)));
    return pass.run(pixels, batch.size(), first.height(), first.width(), layers);
  }
}
