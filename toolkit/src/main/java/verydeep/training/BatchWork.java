package verydeep.training;

import verydeep.internal.tasks.Targets;

/** A batch and how the replicas process it. */
final class BatchWork {

  private final Inputs inputs;
  private final Targets targets;
  private final DropoutMasks masks;
  private final float scale;
  private final int microBatch;

  /**
   * Holds what the replicas share.
   *
   * @param inputs all images
   * @param targets the desired output for each image
   * @param masks the dropout masks
   * @param scale the loss scale
   * @param microBatch the most images in memory at a time
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

  /** The factor for the sum of the losses before the backward pass. */
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
