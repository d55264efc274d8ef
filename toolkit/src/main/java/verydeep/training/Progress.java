package verydeep.training;

import java.util.Locale;
import verydeep.evaluation.ErrorRates;
import verydeep.internal.inference.ProgressLine;

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

  /**
   * The progress of a training, reported after each step.
   *
   * @param epoch the epoch, counted from 1
   * @param epochs the number of epochs at most
   * @param step the step within the epoch, counted from 1
   * @param steps the number of steps in an epoch
   * @param loss the mean loss of the epoch so far
   * @param errors the errors of the epoch so far on the training images as augmented
   * @param rate the learning rate
   * @param imagesPerSecond images per second in this epoch
   * @param secondsLeft seconds until the end of the last epoch, unless a plateau ends the training
   *     earlier
   */
  record Step(
      int epoch,
      int epochs,
      int step,
      int steps,
      double loss,
      ErrorRates errors,
      double rate,
      double imagesPerSecond,
      double secondsLeft) {

    /**
     * Returns one line, in most cases within 80 characters; the errors are top-1/top-5, or top-1
     * alone if there is no top-5 error.
     */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "epoch %d/%d (%d/%d) loss %.3f error %s%% rate %s %.0f images/s %s left",
          epoch,
          epochs,
          step,
          steps,
          loss,
          percent(),
          LearningRate.text(rate),
          imagesPerSecond,
          ProgressLine.duration(secondsLeft));
    }

    private String percent() {
      String top1 = String.format(Locale.ROOT, "%.1f", 100 * errors.top1().value());
      return errors
          .top5()
          .map(e -> String.format(Locale.ROOT, "%s/%.1f", top1, 100 * e.value()))
          .orElse(top1);
    }
  }
}
