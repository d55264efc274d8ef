package verydeep.inspection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.weights.Checkpoint;

/**
 * What each channel of a network's layers answers to most, over a set of images: of each image its
 * strongest activation, exactly, and the part of the image that it depends on (M. Zeiler, R.
 * Fergus, <i>Visualizing and Understanding Convolutional Networks</i>, 2014, figure 2). All layers
 * are searched in one pass.
 *
 * <pre>{@code
 * var patches = StrongestPatches.of(checkpoint, images).scale(64).count(4).run();
 * System.out.println(patches.channel("conv3_1", 2));
 * }</pre>
 */
public final class StrongestPatches {

  private final String network;
  private final String arithmetic;
  private final int images;
  private final int scale;
  private final double seconds;
  private final Map<String, List<ChannelPatches>> byLayer;

  StrongestPatches(
      String network,
      String arithmetic,
      int images,
      int scale,
      double seconds,
      Map<String, List<ChannelPatches>> byLayer) {
    this.network = network;
    this.arithmetic = arithmetic;
    this.images = images;
    this.scale = scale;
    this.seconds = seconds;
    this.byLayer = Collections.unmodifiableMap(new LinkedHashMap<>(byLayer));
  }

  /**
   * Starts a search.
   *
   * @param checkpoint the network with its weights
   * @param images the images, any number; their classes do not matter
   * @return a builder
   */
  public static StrongestPatchesBuilder of(Checkpoint checkpoint, Images images) {
    return new StrongestPatchesBuilder(checkpoint, images);
  }

  /** {@return the network in words, such as {@code VGG D, convolutions only}} */
  public String network() {
    return network;
  }

  /** {@return what did the arithmetic} */
  public String arithmetic() {
    return arithmetic;
  }

  /** {@return how many images were searched} */
  public int images() {
    return images;
  }

  /** {@return Q, the smallest side that each image was rescaled to, in pixels} */
  public int scale() {
    return scale;
  }

  /** {@return how long the search took, in seconds} */
  public double seconds() {
    return seconds;
  }

  /** {@return the layers that were searched, first to last} */
  public List<String> layers() {
    return List.copyOf(byLayer.keySet());
  }

  /**
   * Returns what the channels of a layer answer to.
   *
   * @param layer one of {@link #layers()}
   * @return an entry for each channel, in order
   * @throws VerydeepException if the layer was not searched
   */
  public List<ChannelPatches> channels(String layer) {
    List<ChannelPatches> channels = byLayer.get(layer);
    if (channels == null) {
      throw new VerydeepException(
          "Layer \"%s\" was not searched; those that were are %s."
              .formatted(layer, String.join(", ", byLayer.keySet())));
    }
    return channels;
  }

  /**
   * Returns what a channel answers to.
   *
   * @param layer one of {@link #layers()}
   * @param channel the channel's index
   * @return its patches
   * @throws VerydeepException if the layer was not searched, or has no such channel
   */
  public ChannelPatches channel(String layer, int channel) {
    List<ChannelPatches> all = channels(layer);
    if (channel < 0 || channel >= all.size()) {
      throw new VerydeepException(
          "There is no channel %d in %s, whose channels are 0 to %d."
              .formatted(channel, layer, all.size() - 1));
    }
    return all.get(channel);
  }

  /** Returns what was searched. */
  @Override
  public String toString() {
    int channels = byLayer.values().stream().mapToInt(List::size).sum();
    return String.format(
        Locale.ROOT,
        "Strongest patches of %,d channels in %d layers of %s, of %,d images at Q=%d, in %.1f s",
        channels,
        byLayer.size(),
        network,
        images,
        scale,
        seconds);
  }
}
