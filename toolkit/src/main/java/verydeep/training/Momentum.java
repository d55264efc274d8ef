package verydeep.training;

import ai.djl.pytorch.jni.JniUtils;
import verydeep.network.ParameterShape;
import verydeep.network.Tensor;

/**
 * The step of {@link Recipe}: v = momentum v + rate (g + decay w), w = w - v, with rate and decay
 * times a layer's own multipliers; for the arrays that learn on a replica, which owns the
 * velocities.
 */
interface Momentum {

  /**
   * Steps along the gradients that the arrays hold.
   *
   * @param rate the learning rate
   * @param unscale what the gradients are multiplied with, a power of two
   * @param guarded whether nothing is changed if a gradient is not finite
   * @return whether a step was made
   */
  boolean step(double rate, float unscale, boolean guarded);

  /** A copy of an array's v, in the shape of its weights. */
  Tensor get(ParameterShape shape);

  /** Sets an array's v. */
  void set(ParameterShape shape, Tensor value);

  /** On a CPU piece by piece, on a card many arrays at once. */
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
