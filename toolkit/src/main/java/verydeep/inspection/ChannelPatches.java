package verydeep.inspection;

import java.util.List;
import java.util.Locale;

/**
 * The patches that a channel of a layer answers to most.
 *
 * @param layer the layer's name
 * @param channel the channel's index
 * @param patches the strongest first, each from another image; none if the channel answers to
 *     nothing
 * @param onlyAtBorder whether all of them lie at the border and the channel's strongest activation
 *     elsewhere, in any image, is less than half of the weakest of them: it answers to the zero
 *     padding rather than to what the images show. At the border are places whose receptive field
 *     reaches beyond the image, or, if that is so for all places, the outermost
 */
public record ChannelPatches(String layer, int channel, List<Patch> patches, boolean onlyAtBorder) {

  /**
   * Copies the list.
   *
   * @param layer the layer's name
   * @param channel the channel's index
   * @param patches the strongest first
   * @param onlyAtBorder whether the channel answers to the zero padding
   */
  public ChannelPatches {
    patches = List.copyOf(patches);
  }

  /** {@return the strongest activation; 0 if the channel answers to nothing} */
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
