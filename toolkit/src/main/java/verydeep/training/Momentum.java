package verydeep.training;

import ai.djl.pytorch.jni.JniUtils;
import verydeep.network.ParameterShape;
import verydeep.network.Tensor;

/**
 * The step of {@link Recipe}: v = momentum v + rate (g + decay w), w = w - v, with rate and decay
 * times each layer's own multipliers, for the trainable arrays of a replica. It owns the
 * velocities.
 */
interface Momentum {

  /**
   * Takes a step along the gradients that the arrays hold.
   *
   * @param rate the learning rate
   * @param unscale the factor of the gradients, a power of two
   * @param guarded whether a gradient that is not finite prevents the step
   * @return whether the step was taken
   */
  boolean step(double rate, float unscale, boolean guarded);

  /** Returns a copy of an array's v, in the shape of its weights. */
  Tensor get(ParameterShape shape);

  /** Sets an array's v. */
  void set(ParameterShape shape, Tensor value);

  /**
   * Returns the implementation for the replica's device: piece by piece on a CPU, many arrays at
   * once on a GPU.
   */
  static Momentum of(Recipe recipe, LayerRates rates, Replica replica) {
    boolean gradients = JniUtils.isGradMode();
    JniUtils.setGradMode(
        false); // views and copies of weights are no part of what is differentiated
    try {
      return replica.manager().getDevice().isGpu()
          ? new FlatMomentum(recipe, rates, replica)
          : new PieceMomentum(recipe, rates, replica);
    } finally {
      JniUtils.setGradMode(gradients);
    }
  }
}
