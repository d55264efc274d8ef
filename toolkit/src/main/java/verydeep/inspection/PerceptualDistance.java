package verydeep.inspection;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.RgbImage;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.inference.ShapeBatches;
import verydeep.internal.inference.Work;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Layer;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/**
 * How different two images look, by a network's activations (R. Zhang et al., <i>The Unreasonable
 * Effectiveness of Deep Features as a Perceptual Metric</i>, 2018, equation 1): at each place of a
 * layer both images' vectors of channels are scaled to length 1; the squares of their differences
 * are summed over the channels, averaged over the places, and summed over the layers.
 *
 * <p>Unlearned, each channel counts the same. With the learned weights of the channels ("heads") it
 * is LPIPS. Published heads were learned on torchvision's D and its preprocessing: on any other
 * weights the distance is not the published LPIPS, and its values compare with each other only.
 * {@link Difference#basis()} says what a value stands on.
 *
 * <pre>{@code
 * var distance = PerceptualDistance.of(checkpoint);
 * System.out.println(distance.between(image, image.flip()));
 * }</pre>
 */
public final class PerceptualDistance {

  private final Checkpoint checkpoint;
  private final List<String> layers;
  private final PerceptualHeads heads;

  private PerceptualDistance(Checkpoint checkpoint, List<String> layers, PerceptualHeads heads) {
    this.checkpoint = checkpoint;
    this.layers = layers;
    this.heads = heads;
  }

  /**
   * Starts with the unlearned distance in the last convolution of each block: conv1_2, conv2_2,
   * conv3_3, conv4_3 and conv5_3 of D, as published.
   *
   * @param checkpoint the network with its weights
   * @return the distance
   */
  public static PerceptualDistance of(Checkpoint checkpoint) {
    List<String> last = new ArrayList<>();
    String convolution = "";
    for (Layer layer : checkpoint.network().layers()) {
      if (layer instanceof Layer.Convolution) {
        convolution = layer.name();
      } else if (layer instanceof Layer.MaxPooling) {
        last.add(convolution);
      }
    }
    return new PerceptualDistance(checkpoint, List.copyOf(last), null);
  }

  /**
   * Which layers count, each the same.
   *
   * @param names one or more layers; the activations of a convolution are those after its ReLU
   * @return the distance, unlearned
   * @throws VerydeepException if none is named, or the layer is fully connected
   * @throws VerydeepException if the network has no such layer
   */
  public PerceptualDistance layers(String... names) {
    if (names.length == 0) {
      throw new VerydeepException("A distance needs at least one layer; none was named.");
    }
    for (String name : names) {
      if (checkpoint.network().layer(name) instanceof Layer.FullyConnected) {
        throw new VerydeepException(
            "A distance compares two images place by place, and layer %s has no places."
                .formatted(name));
      }
    }
    return new PerceptualDistance(checkpoint, Stream.of(names).distinct().toList(), null);
  }

  /**
   * With the learned weights of LPIPS for the layers of this distance.
   *
   * @param file {@code weights/v0.1/vgg.pth} of the Python package lpips, or a file of any format
   *     of weights with arrays of the same names, {@code lin0.model.1.weight} and so on
   * @return the learned distance
   * @throws verydeep.FileException if it cannot be read or is damaged, a head is missing, or the
   *     heads are those of other layers
   */
  public PerceptualDistance heads(Path file) {
    Vgg network = checkpoint.network();
    int[] channels =
        layers.stream()
            .mapToInt(layer -> network.summary().row(layer).output().channels())
            .toArray();
    return new PerceptualDistance(checkpoint, layers, PerceptualHeads.read(file, layers, channels));
  }

  /**
   * With the learned weights of LPIPS.
   *
   * @param file as {@link #heads(Path)}
   * @return the learned distance
   */
  public PerceptualDistance heads(String file) {
    return heads(Path.of(file));
  }

  /**
   * Compares two images, as they are: rescale them first where they are large.
   *
   * @param one an image
   * @param other one of the same size
   * @return the difference
   * @throws VerydeepException if the images are of different sizes
   * @throws verydeep.network.ImageTooSmallException if they are smaller than the network's window
   */
  public Difference between(RgbImage one, RgbImage other) {
    return from(one, List.of(other)).get(0);
  }

  /**
   * Compares an image with several others, with the network loaded once.
   *
   * @param one an image
   * @param others images of the same size
   * @return the differences, in their order
   * @throws VerydeepException if the images are of different sizes, or there is no other
   * @throws verydeep.network.ImageTooSmallException if they are smaller than the network's window
   */
  public List<Difference> from(RgbImage one, List<RgbImage> others) {
    if (others.isEmpty()) {
      throw new VerydeepException("A distance needs another image; none was given.");
    }
    others.forEach(other -> checkSize(one, other));
    TestViews views = new TestViews(View.dense(), List.of(one.smallestSide()), false);
    String last = layers.get(layers.size() - 1);
    double work = Work.multiplications(views, checkpoint.network(), last);
    Arithmetic arithmetic =
        Arithmetics.forWork(checkpoint.parameters(), (others.size() + 1) * work);
    List<Difference> differences = new ArrayList<>();
    try (ForwardPass pass = Arithmetics.load(arithmetic, checkpoint.parameters())) {
      ShapeBatches batches = new ShapeBatches(pass, checkpoint.preprocessing(), layers);
      List<Activations> own = activations(batches, one);
      for (RgbImage other : others) {
        differences.add(difference(own, activations(batches, other)));
      }
    }
    return List.copyOf(differences);
  }

  private static List<Activations> activations(ShapeBatches batches, RgbImage image) {
    return batches.run(List.of(image), (layers, i) -> layers).get(0);
  }

  private Difference difference(List<Activations> one, List<Activations> other) {
    Map<String, Double> byLayer = new LinkedHashMap<>();
    double sum = 0;
    for (int i = 0; i < layers.size(); i++) {
      double own = new LayerDistance(one.get(i), other.get(i), weights(i)).value();
      byLayer.put(layers.get(i), own);
      sum += own;
    }
    return new Difference(sum, byLayer, basis());
  }

  static void checkSize(RgbImage one, RgbImage other) {
    if (one.width() != other.width() || one.height() != other.height()) {
      throw new VerydeepException(
          "The images are of %d x %d and %d x %d pixels; a distance needs images of one size."
              .formatted(one.width(), one.height(), other.width(), other.height()));
    }
  }

  /** The names of the layers. */
  List<String> names() {
    return layers;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  /** The learned weights of a layer's channels; null if it is unlearned. */
  float[] weights(int layer) {
    return heads == null ? null : heads.weights().get(layer);
  }

  /**
   * Returns what the distance stands on.
   *
   * @return layers, heads and network in words
   */
  public String basis() {
    String network =
        "%s of VGG %s (weights %08x)"
            .formatted(
                String.join(", ", layers),
                checkpoint.network().label(),
                checkpoint.parameters().checksum());
    return heads == null
        ? "unlearned distance in " + network
        : "heads of "
            + heads.file()
            + " on "
            + network
            + "; it is the published LPIPS only with its heads, on torchvision's weights of D";
  }

  /** Returns what the distance stands on. */
  @Override
  public String toString() {
    return basis();
  }

  /**
   * How far two images are from each other in a network's layers.
   *
   * @param value the sum over the layers; 0 for equal images
   * @param byLayer each layer's part
   * @param basis what the distance stands on: layers, heads and network, and what is known of them
   */
  public record Difference(double value, Map<String, Double> byLayer, String basis) {

    /**
     * Copies the parts.
     *
     * @param value the sum over the layers
     * @param byLayer each layer's part
     * @param basis what the distance stands on
     */
    public Difference {
      byLayer = Collections.unmodifiableMap(new LinkedHashMap<>(byLayer));
    }

    /** Returns the value and what it stands on. */
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.6f\n%s", value, basis);
    }
  }
}
