package verydeep.internal.inference;

import java.util.List;

/**
 * What a network made of one look at an image.
 *
 * @param scale Q, the image's smallest side in pixels
 * @param flipped whether it was the flipped image
 * @param means for each layer asked for, its maps averaged over space: a number a channel
 */
public record MeanActivations(int scale, boolean flipped, List<float[]> means) {

  /**
   * Copies the list, not the arrays.
   *
   * @param scale Q, the image's smallest side in pixels
   * @param flipped whether it was the flipped image
   * @param means for each layer asked for, its maps averaged over space: a number a channel
   */
  public MeanActivations {
    means = List.copyOf(means);
  }
}
