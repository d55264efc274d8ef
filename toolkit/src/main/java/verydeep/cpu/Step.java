package verydeep.cpu;

import verydeep.network.MapShape;

/** One or more layers of the network that are computed together. */
interface Step {

  /** The shape that it makes of a shape. */
  MapShape output(MapShape input);

  /**
   * Computes it.
   *
   * @param in what comes in; not changed
   * @param out takes the result, borders included
   * @param team shares the work
   * @param workspace memory for it
   */
  void run(Maps in, Maps out, Team team, Workspace workspace);

  /** Bytes of its weights, about. */
  default long bytes() {
    return 0;
  }
}
