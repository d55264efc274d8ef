package verydeep.training;

/** A batch, and how the replicas are to work on it. */
final class BatchWork {

  private final Inputs inputs;
  private final Targets targets;
  private final DropoutMasks masks;
  private final float scale;
  private final int atOnce;

  /**
   * What replicas share.
   *
   * @param inputs all pictures
   * @param targets what is wanted of each picture
   * @param masks of the dropouts
   * @param scale of the loss
   * @param atOnce pictures that are in memory together, at most
   */
  BatchWork(Inputs inputs, Targets targets, DropoutMasks masks, float scale, int atOnce) {
    this.inputs = inputs;
    this.targets = targets;
    this.masks = masks;
    this.scale = scale;
    this.atOnce = atOnce;
  }

  int size() {
    return targets.size();
  }

  Inputs inputs() {
    return inputs;
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
