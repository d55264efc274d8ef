package verydeep.internal.passes;

import java.util.Map;
import java.util.Set;

/**
 * A network with fixed weights, which gives the gradients of a loss with respect to its input and
 * to the activations of its layers. It computes as in testing: no dropout, batch normalization by
 * the running statistics. One thread at a time may use it; it holds memory until it is closed.
 *
 * <p>A layer's name means its activation after normalization and ReLU, as in {@link ForwardPass}.
 */
public interface LayerGradients extends AutoCloseable {

  /** The name of the network's input in {@link #backward}. */
  String INPUT = "input";

  /**
   * Runs a batch up to the last of some layers, and keeps what {@link #backward} needs until the
   * next call.
   *
   * @param input batch x 3 x height x width preprocessed numbers
   * @param batch how many images, at least 1
   * @param height their height in pixels
   * @param width their width in pixels
   * @param layers the names of the layers, at least one
   * @return the activations by layer
   * @throws verydeep.VerydeepException if the network has no such layer
   * @throws verydeep.network.ImageTooSmallException if the images are smaller than the network's
   *     window
   */
  Map<String, Activations> forward(
      float[] input, int batch, int height, int width, Set<String> layers);

  /**
   * Returns gradients for the last batch; may be called several times.
   *
   * @param seeds the loss's own gradient at some of the layers given to {@link #forward}, each as
   *     large as that layer's activations
   * @param wanted {@link #INPUT}, or layers given to {@link #forward}
   * @return the gradient of the loss at each wanted layer, zeros where no seed reaches it
   */
  Map<String, float[]> backward(Map<String, float[]> seeds, Set<String> wanted);

  /** {@return what does the arithmetic, in a few words} */
  String arithmetic();

  /** Releases the memory. */
  @Override
  void close();
}
