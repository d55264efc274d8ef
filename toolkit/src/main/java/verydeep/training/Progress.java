package verydeep.training;

/** Is told how a training goes, on the training's own thread. */
public interface Progress {

  /**
   * A step was done.
   *
   * @param step how far it is
   */
  default void step(Step step) {}

  /**
   * An epoch and its validation were done.
   *
   * @param epoch what came out
   */
  default void epoch(Epoch epoch) {}

  /**
   * The training is over and has a result; not told of one that ends with an exception.
   *
   * @param training what came out
   */
  default void ended(Training training) {}

  /**
   * On standard output: a line an epoch, and on a terminal a line that moves within the epoch.
   *
   * @return the progress
   */
  static Progress terminal() {
    return new TerminalProgress();
  }

  /**
   * Says nothing.
   *
   * @return the progress
   */
  static Progress silent() {
    return new Progress() {};
  }
}
