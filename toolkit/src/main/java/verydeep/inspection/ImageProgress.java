package verydeep.inspection;

import verydeep.internal.inference.ProgressLine;

/** Receives the progress of an image that is being made, on its own thread. */
@FunctionalInterface
public interface ImageProgress {

  /**
   * Called after each step.
   *
   * @param step the progress so far
   */
  void step(ImageStep step);

  /**
   * Called at the end, also when it was interrupted; not called when it ends with an exception.
   *
   * @param image the result
   */
  default void ended(OptimizedImage image) {}

  /**
   * Shows a line that updates: on a terminal, or below a notebook's cell.
   *
   * @return the progress
   */
  static ImageProgress terminal() {
    ProgressLine line = ProgressLine.printing();
    return new ImageProgress() {
      @Override
      public void step(ImageStep step) {
        line.show(step::toString);
      }

      @Override
      public void ended(OptimizedImage image) {
        line.clear();
      }
    };
  }

  /**
   * Shows nothing.
   *
   * @return the progress
   */
  static ImageProgress silent() {
    return step -> {};
  }
}
