package verydeep.inspection;

import verydeep.internal.djl.DjlGradients;
import verydeep.internal.gradients.LayerGradients;
import verydeep.network.Parameters;

/** What computes gradients. */
final class GradientChoice {

  private GradientChoice() {}

  /**
   * Loads weights.
   *
   * @param parameters the weights and their network
   * @param pixels how many pixels go through the network in all
   * @return the gradients, which the caller closes
   */
  static LayerGradients open(Parameters parameters, double pixels) {
    return DjlGradients.of(parameters);
  }
}
