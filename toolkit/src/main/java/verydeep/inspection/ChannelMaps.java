package verydeep.inspection;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.RgbImage;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.inference.ShapeBatches;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Layer;
import verydeep.network.MapShape;
import verydeep.weights.Checkpoint;

/**
 * What each channel of a layer makes of an image: its activations, place by place.
 *
 * <pre>{@code
 * var maps = ChannelMaps.of(checkpoint, image, "conv2_1");
 * System.out.println(maps.strongest(3));
 * }</pre>
 */
public final class ChannelMaps {

  private final String network;
  private final RgbImage image;
  private final Activations activations;

  private ChannelMaps(String network, RgbImage image, Activations activations) {
    this.network = network;
    this.image = image;
    this.activations = activations;
  }

  /**
   * Computes the maps of an image at the scale of the network's input, or 224 for a network of
   * convolutions only.
   *
   * @param checkpoint the network with its weights
   * @param image the image
   * @param layer a convolution, whose activations are those after its ReLU, or a pooling
   * @return the maps
   * @throws VerydeepException if the layer is fully connected
   * @throws VerydeepException if the network has no such layer
   */
  public static ChannelMaps of(Checkpoint checkpoint, RgbImage image, String layer) {
    return of(checkpoint, image, layer, NetworkInput.usualScale(checkpoint.network()));
  }

  /**
   * Computes the maps of an image.
   *
   * @param checkpoint the network with its weights
   * @param image the image
   * @param layer a convolution, whose activations are those after its ReLU, or a pooling
   * @param scale Q, the smallest side that the image is rescaled to, in pixels
   * @return the maps
   * @throws VerydeepException if the layer is fully connected
   * @throws VerydeepException if the network has no such layer
   * @throws verydeep.network.ImageTooSmallException if the scale is below the network's window
   */
  public static ChannelMaps of(Checkpoint checkpoint, RgbImage image, String layer, int scale) {
    if (checkpoint.network().layer(layer) instanceof Layer.FullyConnected) {
      throw new VerydeepException(
          "Layer %s of VGG %s has units, not maps; its convolutions are %s."
              .formatted(
                  layer,
                  checkpoint.network().label(),
                  String.join(", ", NetworkInput.convolutions(checkpoint.network()))));
    }
    checkpoint.network().checkImage(scale, scale);
    RgbImage rescaled = image.rescale(scale);
    try (ForwardPass pass = Arithmetics.load(Arithmetic.DJL, checkpoint.parameters())) {
      Activations activations =
          new ShapeBatches(pass, checkpoint.preprocessing(), List.of(layer))
              .run(List.of(rescaled), (layers, i) -> layers.get(0))
              .get(0);
      return new ChannelMaps("VGG " + checkpoint.network().label(), rescaled, activations);
    }
  }

  /** {@return the network in words} */
  public String network() {
    return network;
  }

  /** {@return the layer's name} */
  public String layer() {
    return activations.layer();
  }

  /** {@return the rescaled image} */
  public RgbImage image() {
    return image;
  }

  /** {@return the number of channels, and the rows and columns of each map} */
  public MapShape shape() {
    return activations.shape();
  }

  /**
   * Returns an activation.
   *
   * @param channel the channel's index
   * @param row from the top
   * @param column from the left
   * @return the number
   */
  public float value(int channel, int row, int column) {
    MapShape shape = shape();
    Objects.checkIndex(row, shape.height());
    Objects.checkIndex(column, shape.width());
    int from = Objects.checkIndex(channel, shape.channels()) * shape.height();
    return activations.values()[(from + row) * shape.width() + column];
  }

  /**
   * Returns the highest activation of a channel.
   *
   * @param channel the channel's index
   * @return the number
   */
  public float highest(int channel) {
    int places = shape().height() * shape().width();
    int from = Objects.checkIndex(channel, shape().channels()) * places;
    float highest = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + places; i++) {
      highest = Math.max(highest, activations.values()[i]);
    }
    return highest;
  }

  /**
   * Returns the channels with the highest means.
   *
   * @param count how many; all of them if there are fewer
   * @return their indices, the highest mean first
   * @throws VerydeepException if the count is below 1
   */
  public List<Integer> strongest(int count) {
    if (count < 1) {
      throw new VerydeepException("The number of channels is " + count + "; it must be 1 or more.");
    }
    float[] means = activations.meanOverSpace(0);
    return IntStream.range(0, means.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer k) -> -means[k]))
        .limit(count)
        .toList();
  }

  /** Returns layer, network and size. */
  @Override
  public String toString() {
    long silent =
        IntStream.range(0, shape().channels()).filter(channel -> highest(channel) <= 0).count();
    return "%s of %s: %s, %d channels respond to nothing"
        .formatted(layer(), network, shape(), silent);
  }
}
