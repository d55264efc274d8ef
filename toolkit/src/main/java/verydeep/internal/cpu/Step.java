package verydeep.internal.cpu;

import verydeep.network.MapShape;

/** One or more layers of the network that are computed together. */
interface Step {

  /** Returns the shape of the output. */
  MapShape output(MapShape input);

  /**
   * Computes the step.
   *
   * @param in the input, which is not changed
   * @param out receives the result, including its borders
   * @param team the threads that share the work
   * @param workspace the memory to work in
   */
  void run(Maps in, Maps out, Team team, Workspace workspace);

  /**
   * Computes the gradient with respect to the input: the adjoint of {@link #run}.
   *
   * @param in the input
   * @param out the result of {@link #run}
   * @param gradient the gradient with respect to the result, zero on its borders; it may be changed
   * @param to receives the gradient with respect to the input, including its borders
   * @param team the threads that share the work
   * @param workspace the memory to work in
   */
  void backward(Maps in, Maps out, Maps gradient, Maps to, Team team, Workspace workspace);

  /** Returns the approximate size of its weights in bytes. */
  default long bytes() {
    return 0;
  }
}
