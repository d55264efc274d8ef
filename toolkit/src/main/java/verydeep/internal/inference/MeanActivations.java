package verydeep.internal.inference;

import java.util.List;

/**
 * The result of one view of an image.
 *
 * @param scale Q, the image's shorter side in pixels
 * @param flipped whether the image was flipped
 * @param means the maps of each requested layer averaged over space: one number per channel
 */
public record MeanActivations(int scale, boolean flipped, List<float[]> means) {

  /**
   * Copies the list, not the arrays.
   *
   * @param scale Q, the image's shorter side in pixels
   * @param flipped whether the image was flipped
   * @param means the maps of each requested layer averaged over space: one number per channel
   */
  public MeanActivations {
    means = List.copyOf(means);
  }
}
