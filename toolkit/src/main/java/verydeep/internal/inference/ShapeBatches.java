package verydeep.internal.inference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import verydeep.NotFiniteException;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;
import verydeep.data.TestViews;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;

/**
 * Runs images of many shapes through a network, batching those of the same shape, which is much
 * faster. The last digits for an image may depend on the others in its batch, so bit-exact
 * repetition needs the same images in a call.
 */
public final class ShapeBatches {

  private final ForwardPass pass;
  private final BatchInput input;
  private final List<String> layers;

  /**
   * Creates batches for a network.
   *
   * @param pass the network; it is not closed here
   * @param preprocessing how an image becomes the network's input
   * @param layers the names of the layers to return activations of
   */
  public ShapeBatches(ForwardPass pass, Preprocessing preprocessing, List<String> layers) {
    this.pass = pass;
    this.input = new BatchInput(pass, preprocessing);
    this.layers = List.copyOf(layers);
  }

  /**
   * Extracts the result for one image from a batch.
   *
   * @param <T> the type of the result
   */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Called once for each image.
     *
     * @param batch the activations of the layers, in order
     * @param image the image's index in the batch
     * @return the result for the image
     */
    T read(List<Activations> batch, int image);
  }

  /**
   * Runs images through the network.
   *
   * @param images of any shapes, any number
   * @param reader extracts the result for each
   * @param <T> the type of the result
   * @return one result per image, in order
   * @throws CancellationException if the thread is interrupted; its flag stays set
   * @throws NotFiniteException if an activation is infinite or NaN
   */
  public <T> List<T> run(List<RgbImage> images, Reader<T> reader) {
    return run(
        images,
        i -> "an image of %dx%d".formatted(images.get(i).width(), images.get(i).height()),
        reader);
  }

  /**
   * Runs images through the network.
   *
   * @param names the names of the images, for errors
   */
  <T> List<T> run(List<RgbImage> images, IntFunction<String> names, Reader<T> reader) {
    List<T> results = new ArrayList<>(Collections.nCopies(images.size(), null));
    Map<Long, List<Integer>> byShape = new LinkedHashMap<>();
    for (int i = 0; i < images.size(); i++) {
      RgbImage image = images.get(i);
      long shape = (long) image.height() << 32 | image.width();
      byShape.computeIfAbsent(shape, s -> new ArrayList<>()).add(i);
    }
    for (List<Integer> same : byShape.values()) {
      RgbImage first = images.get(same.get(0));
      int most = Math.max(1, pass.pixelsTogether() / (first.width() * first.height()));
      for (int from = 0; from < same.size(); from += most) {
        List<Integer> batch = same.subList(from, Math.min(from + most, same.size()));
        List<Activations> activations = run(batch.stream().map(images::get).toList());
        for (Activations activation : activations) {
          int without = FiniteActivations.firstWithout(activation);
          if (without >= 0) {
            throw FiniteActivations.error(
                pass,
                activation.layer(),
                names.apply(batch.get(without)),
                input.numbers(images.get(batch.get(without))),
                first.height(),
                first.width());
          }
        }
        for (int j = 0; j < batch.size(); j++) {
          results.set(batch.get(j), reader.read(activations, j));
        }
      }
    }
    return results;
  }

  /**
   * Runs views through the network.
   *
   * @param shown views of any images
   * @param names the names of their images, for errors
   * @return for each view the maps of each layer averaged over space
   */
  List<List<float[]>> means(List<TestViews.Shown> shown, IntFunction<String> names) {
    return run(
        shown.stream().map(TestViews.Shown::image).toList(),
        names,
        (layers, i) -> layers.stream().map(layer -> layer.meanOverSpace(i)).toList());
  }

  /** Images of one shape. */
  private List<Activations> run(List<RgbImage> batch) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("The thread was interrupted.");
    }
    return input.run(batch, layers);
  }
}
