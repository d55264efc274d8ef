package verydeep.training;

import ai.djl.ndarray.NDArray;

/**
 * What is wanted of a batch's pictures, and how far the network's outputs are from it: its loss.
 */
interface Targets {

  /** Pictures in the batch. */
  int size();

  /** Those that have a target: the gradient is that of the mean loss of these. */
  int counted();

  /**
   * The loss of some of the pictures.
   *
   * @param outputs of the last layer, pictures x units; what is made here belongs to its manager
   * @param from the first picture
   * @param to behind the last one
   * @return the loss and how good the outputs were
   */
  Found compare(NDArray outputs, int from, int to);

  /**
   * What outputs are worth.
   *
   * @param loss the sum of the pictures' losses, from which gradients can be found
   * @param outcome the same sum as a number, and the wrong ones
   */
  record Found(NDArray loss, Outcome outcome) {}
}
