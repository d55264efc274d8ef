package verydeep.inspection;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import verydeep.VerydeepException;
import verydeep.data.BoundingBox;
import verydeep.data.Images;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.weights.Checkpoint;

/**
 * What each channel of a network's layers responds to most, over a set of images: of each image its
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
  private final Map<String, List<Channel>> byLayer;

  StrongestPatches(
      String network,
      String arithmetic,
      int images,
      int scale,
      double seconds,
      Map<String, List<Channel>> byLayer) {
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
   * Returns what the channels of a layer respond to.
   *
   * @param layer one of {@link #layers()}
   * @return an entry for each channel, in order
   * @throws VerydeepException if the layer was not searched
   */
  public List<Channel> channels(String layer) {
    List<Channel> channels = byLayer.get(layer);
    if (channels == null) {
      throw new VerydeepException(
          "Layer \"%s\" was not searched; those that were are %s."
              .formatted(layer, String.join(", ", byLayer.keySet())));
    }
    return channels;
  }

  /**
   * Returns what a channel responds to.
   *
   * @param layer one of {@link #layers()}
   * @param channel the channel's index
   * @return its patches
   * @throws VerydeepException if the layer was not searched, or has no such channel
   */
  public Channel channel(String layer, int channel) {
    List<Channel> all = channels(layer);
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

  /**
   * The patches that a channel of a layer responds to most.
   *
   * @param layer the layer's name
   * @param channel the channel's index
   * @param patches the strongest first, each from another image; none if the channel responds to
   *     nothing
   * @param onlyAtBorder whether all of them lie at the border and the channel's strongest
   *     activation elsewhere, in any image, is less than half of the weakest of them: it responds
   *     to the zero padding rather than to what the images show. At the border are places whose
   *     receptive field reaches beyond the image, or, if that is so for all places, the outermost
   */
  public record Channel(String layer, int channel, List<Patch> patches, boolean onlyAtBorder) {

    /**
     * Copies the list.
     *
     * @param layer the layer's name
     * @param channel the channel's index
     * @param patches the strongest first
     * @param onlyAtBorder whether the channel responds to the zero padding
     */
    public Channel {
      patches = List.copyOf(patches);
    }

    /** {@return the strongest activation; 0 if the channel responds to nothing} */
    public float strongest() {
      return patches.isEmpty() ? 0 : patches.get(0).activation();
    }

    /** Returns the channel, its strongest activation, and whether it is only at the border. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s, channel %d: up to %.4g%s",
          layer,
          channel,
          strongest(),
          onlyAtBorder ? ", only at the border" : "");
    }
  }

  /**
   * A part of an image that a channel responds to.
   *
   * @param file the image
   * @param index the image's index among those that were searched
   * @param activation the channel's activation
   * @param row the row of the layer's map where it is
   * @param column the column of the layer's map
   * @param box the receptive field of that place, in pixels of the rescaled image; what lies
   *     outside of the image is zero padding
   * @param scale Q, the smallest side that the image was rescaled to
   * @param padding the color that the network's zero padding stands for
   * @param part the box of the file that the image is cropped to; empty if it is the whole file
   */
  public record Patch(
      Path file,
      int index,
      float activation,
      int row,
      int column,
      BoundingBox box,
      int scale,
      Rgb padding,
      Optional<BoundingBox> part) {

    /**
     * Cuts the patch out of its image.
     *
     * @return a square as large as the receptive field; where it reaches beyond the image it has
     *     the color that the network's zero padding stands for
     * @throws verydeep.data.UnreadableImageException if the file is no longer there
     */
    public RgbImage image() {
      RgbImage read = RgbImage.read(file);
      RgbImage whole = part.map(read::crop).orElse(read).rescale(scale);
      int side = (int) box.width();
      RgbImage plain = Painted.plain(side, side, padding);
      return Painted.over(plain, whole, (int) -box.left(), (int) -box.top());
    }
  }
}
