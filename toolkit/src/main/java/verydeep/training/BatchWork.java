package verydeep.training;

import java.nio.FloatBuffer;

/** A batch, and how the replicas are to work on it. */
final class BatchWork {

  private final FloatBuffer pixels;
  private final Targets targets;
  private final DropoutMasks masks;
  private final float scale;
  private final int atOnce;

  /**
   * What replicas share.
   *
   * @param pixels all pictures, preprocessed
   * @param targets what is wanted of each picture
   * @param masks of the dropouts
   * @param scale of the loss
   * @param atOnce pictures that are in memory together, at most
   */
  BatchWork(FloatBuffer pixels, Targets targets, DropoutMasks masks, float scale, int atOnce) {
    this.pixels = pixels;
    this.targets = targets;
    this.masks = masks;
    this.scale = scale;
    this.atOnce = atOnce;
  }

  int size() {
    return targets.size();
  }

  /** From the first picture to before the last one. */
  FloatBuffer pixels(int from, int to) {
    int numbers = pixels.remaining() / targets.size();
    return pixels.slice(pixels.position() + from * numbers, (to - from) * numbers);
  }

  Targets targets() {
    return targets;
  }

  /** What the sum of losses is multiplied with before gradients are found. */
  float share() {
    return scale / Math.max(1, targets.counted());
  }

  DropoutMasks masks() {
    return masks;
  }

  int atOnce() {
    return atOnce;
  }
}
