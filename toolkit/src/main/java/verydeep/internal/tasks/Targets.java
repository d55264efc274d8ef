package verydeep.internal.tasks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.Supplier;

/** What is wanted of a batch's images, and how far the network's outputs are from it: its loss. */
public interface Targets {

  /** Images in the batch. */
  int size();

  /** Those that have a target: the gradient is that of the mean loss of these. */
  int counted();

  /**
   * Puts what is wanted of some of the images onto a device. Before the network works on them,
   * since a copy to a card waits for what the card was told before.
   *
   * @param scope owns the arrays, and says on which device
   * @param from the first image
   * @param to after the last one
   * @return what the outputs are compared with
   */
  Wanted load(NDManager scope, int from, int to);

  /** What is wanted of some images, on a device. */
  @FunctionalInterface
  interface Wanted {
    /**
     * The loss of the images.
     *
     * @param outputs of the last layer, images x units; what is made here belongs to its manager
     * @return the loss, and how good the outputs were once that is asked for
     */
    Found compare(NDArray outputs);
  }

  /** The loss of some of the images. */
  default Found compare(NDArray outputs, int from, int to) {
    return load(outputs.getManager(), from, to).compare(outputs);
  }

  /**
   * What outputs are worth.
   *
   * @param loss the sum of the images' losses, from which gradients can be found
   * @param answers what the counts are read from, beside the loss: both must live until then
   * @param counts the same sum as a number, and the wrong ones; to ask for it is to wait until the
   *     device has computed it
   */
  record Found(NDArray loss, NDArray answers, Supplier<LossCounts> counts) {}
}
