package verydeep.training;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** A batch, and how the replicas are to work on it. */
final class BatchWork {

  private final FloatBuffer pixels;
  private final int[] labels;
  private final DropoutMasks masks;
  private final float scale;
  private final int atOnce;

  /**
   * What replicas share.
   *
   * @param pixels all pictures, preprocessed
   * @param labels a class a picture
   * @param masks of the dropouts
   * @param scale of the loss
   * @param atOnce pictures that are in memory together, at most
   */
  BatchWork(FloatBuffer pixels, int[] labels, DropoutMasks masks, float scale, int atOnce) {
    this.pixels = pixels;
    this.labels = labels;
    this.masks = masks;
    this.scale = scale;
    this.atOnce = atOnce;
  }

  int size() {
    return labels.length;
  }

  /** From the first picture to before the last one. */
  FloatBuffer pixels(int from, int to) {
    int numbers = pixels.remaining() / labels.length;
    return pixels.slice(pixels.position() + from * numbers, (to - from) * numbers);
  }

  int[] labels(int from, int to) {
    return Arrays.copyOfRange(labels, from, to);
  }

  DropoutMasks masks() {
    return masks;
  }

  float scale() {
    return scale;
  }

  int atOnce() {
    return atOnce;
  }
}
