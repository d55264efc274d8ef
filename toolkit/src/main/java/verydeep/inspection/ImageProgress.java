package verydeep.inspection;

import java.util.Locale;
import verydeep.data.RgbImage;
import verydeep.internal.inference.ProgressLine;

/** Receives the progress of an image that is being made, on its own thread. */
@FunctionalInterface
public interface ImageProgress {

  /**
   * Called after each step.
   *
   * @param step the progress so far
   */
  void step(Step step);

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
      public void step(Step step) {
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

  /** The progress of an image that is being made, after a step. */
  final class Step {

    private final int step;
    private final int steps;
    private final double loss;
    private final double seconds;
    private final Pixels pixels;

    Step(int step, int steps, double loss, double seconds, Pixels pixels) {
      this.step = step;
      this.steps = steps;
      this.loss = loss;
      this.seconds = seconds;
      this.pixels = pixels;
    }

    /** {@return how many steps are done} */
    public int step() {
      return step;
    }

    /** {@return how many there will be} */
    public int steps() {
      return steps;
    }

    /** {@return the loss before this step} */
    public double loss() {
      return loss;
    }

    /** {@return the time since the start in seconds} */
    public double seconds() {
      return seconds;
    }

    /** {@return the image so far; made at each call} */
    public RgbImage image() {
      return pixels.image();
    }

    /** Returns step, loss and the time left. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "step %d/%d, loss %.5g, %.0f s left",
          step,
          steps,
          loss,
          seconds / step * (steps - step));
    }
  }
}
