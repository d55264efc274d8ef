package verydeep.internal.tasks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.Supplier;

/** The desired outputs for a batch's images, and the loss of the network's outputs against them. */
public interface Targets {

  /** Returns the number of images in the batch. */
  int size();

  /** Returns the number of images with a target: the gradient is that of their mean loss. */
  int counted();

  /**
   * Copies the desired outputs for some of the images to a device. Called before the network
   * processes them, since a copy to a GPU waits for the work queued earlier.
   *
   * @param scope the owner of the arrays, which determines the device
   * @param from the first image
   * @param to the index after the last one
   * @return the values to compare the outputs with
   */
  Wanted load(NDManager scope, int from, int to);

  /**
   * Computes the loss of one image, and its gradient, in plain Java.
   *
   * @param outputs the outputs of the last layer for the image
   * @param image the image within the batch
   * @param share the factor of the gradient
   * @param gradient receives the gradient with respect to the outputs, times the factor; all zeros
   *     before
   * @return the loss, and whether the image is wrong
   */
  LossCounts differentiate(float[] outputs, int image, float share, float[] gradient);

  /** The desired outputs for some images, on a device. */
  @FunctionalInterface
  interface Wanted {
    /**
     * Computes the loss of the images.
     *
     * @param outputs the outputs of the last layer, images x units, whose manager owns all arrays
     *     created here
     * @return the loss, with the counts computed on request
     */
    Found compare(NDArray outputs);
  }

  /** The loss of some of the images. */
  default Found compare(NDArray outputs, int from, int to) {
    return load(outputs.getManager(), from, to).compare(outputs);
  }

  /**
   * The evaluation of outputs.
   *
   * @param loss the sum of the images' losses, for the backward pass
   * @param answers the array that the counts are read from, besides the loss; both must stay open
   *     until then
   * @param counts the same sum as a number, and the wrong images; reading it waits until the device
   *     has computed it
   */
  record Found(NDArray loss, NDArray answers, Supplier<LossCounts> counts) {}
}
