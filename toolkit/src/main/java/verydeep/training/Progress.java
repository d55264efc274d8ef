package verydeep.training;

/** Receives the progress of a training, on the training's own thread. */
public interface Progress {

  /**
   * Called after each step.
   *
   * @param step the progress so far
   */
  default void step(Step step) {}

  /**
   * Called after each epoch and its validation.
   *
   * @param epoch the result of the epoch
   */
  default void epoch(Epoch epoch) {}

  /**
   * Called with something the user should know that does not stop the training: where it resumes, a
   * stalled loss, a state that could not be written.
   *
   * @param text one or more full sentences
   */
  default void notice(String text) {}

  /**
   * Called before the training ends by throwing an exception.
   *
   * @param reason the exception
   */
  default void failed(RuntimeException reason) {}

  /**
   * Called when the training ends with a result; not called when it ends with an exception.
   *
   * @param training the result
   */
  default void ended(Training training) {}

  /**
   * Reports on standard output: one line per epoch and, on a terminal, a line that updates within
   * the epoch.
   *
   * @return the progress
   */
  static Progress terminal() {
    return new TerminalProgress();
  }

  /**
   * Reports nothing.
   *
   * @return the progress
   */
  static Progress silent() {
    return new Progress() {};
  }
}
