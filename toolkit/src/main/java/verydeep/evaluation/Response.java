package verydeep.evaluation;

import java.util.List;

/**
 * What a network made of one look at a picture.
 *
 * @param scale Q, the picture's smallest side in pixels
 * @param mirrored whether it was the mirror image
 * @param means for each layer asked for, its maps averaged over space: a number a channel
 */
public record Response(int scale, boolean mirrored, List<float[]> means) {

  /** Copies the list, not the arrays. */
  public Response {
    means = List.copyOf(means);
  }
}
