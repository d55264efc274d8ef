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
   * Something a user should know that stops nothing: where it goes on, a loss that stands still, a
   * state that could not be kept.
   *
   * @param text a sentence or more, without a full stop
   */
  default void notice(String text) {}

  /**
   * The training ends with an exception, which is thrown behind this.
   *
   * @param reason the exception
   */
  default void failed(RuntimeException reason) {}

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
