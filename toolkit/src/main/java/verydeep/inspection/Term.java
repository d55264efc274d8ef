package verydeep.inspection;

import java.util.List;
import java.util.Map;
import verydeep.internal.passes.Activations;
import verydeep.network.Vgg;

/** A part of the loss of an image that is being made. */
interface Term {

  /** {@return the layers whose activations it needs; none for a term of pixels alone} */
  List<String> layers();

  /** Checks that a network has what the term needs. */
  default void check(Vgg network) {
    layers().forEach(network::layer);
  }

  /**
   * Computes what does not change while the image does.
   *
   * @param references gives activations of other images
   * @param height of the image that is made
   * @param width of the image that is made
   * @return the term, ready
   */
  Ready ready(References references, int height, int width);

  /** A term for one image that is being made. */
  interface Ready {

    /**
     * Computes the term and adds its gradient.
     *
     * @param pixels the image
     * @param activations of the image, by layer
     * @param weight of the term
     * @param gradient receives the gradient times the weight
     * @return the term, without its weight
     */
    double add(
        Pixels pixels, Map<String, Activations> activations, double weight, LossGradient gradient);
  }
}
