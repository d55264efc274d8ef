package verydeep.inspection;

import java.util.Locale;
import verydeep.data.RgbImage;

/** The progress of an image that is being made, after a step. */
public final class ImageStep {

  private final int step;
  private final int steps;
  private final double loss;
  private final double seconds;
  private final Pixels pixels;

  ImageStep(int step, int steps, double loss, double seconds, Pixels pixels) {
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
