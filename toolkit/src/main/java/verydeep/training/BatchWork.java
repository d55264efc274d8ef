package verydeep.training;

import verydeep.internal.tasks.Targets;

/** A batch, and how the replicas are to work on it. */
final class BatchWork {

  private final Inputs inputs;
  private final Targets targets;
  private final DropoutMasks masks;
  private final float scale;
  private final int microBatch;

  /**
   * What replicas share.
   *
   * @param inputs all images
   * @param targets what is wanted of each image
   * @param masks of the dropouts
   * @param scale of the loss
   * @param microBatch images that are in memory together, at most
   */
  BatchWork(Inputs inputs, Targets targets, DropoutMasks masks, float scale, int microBatch) {
    this.inputs = inputs;
    this.targets = targets;
    this.masks = masks;
    this.scale = scale;
    this.microBatch = microBatch;
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

  int microBatch() {
    return microBatch;
  }
}
