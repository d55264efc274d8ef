package verydeep.inspection;

import java.util.List;
import java.util.Locale;
import verydeep.data.RgbImage;

/** An image made by {@link ImageOptimization}, and how its loss fell. Immutable. */
public final class OptimizedImage {

  private final Pixels pixels;
  private final double[] losses;
  private final boolean interrupted;
  private final double seconds;
  private final String arithmetic;
  private final List<String> objectives;

  OptimizedImage(
      Pixels pixels,
      double[] losses,
      boolean interrupted,
      double seconds,
      String arithmetic,
      List<String> objectives) {
    this.pixels = pixels;
    this.losses = losses;
    this.interrupted = interrupted;
    this.seconds = seconds;
    this.arithmetic = arithmetic;
    this.objectives = objectives;
  }

  /** {@return the image} */
  public RgbImage image() {
    return pixels.image();
  }

  /** {@return the loss before each step} */
  public double[] losses() {
    return losses.clone();
  }

  /** {@return how many steps were taken} */
  public int steps() {
    return losses.length;
  }

  /** {@return whether it was stopped before the last step} */
  public boolean interrupted() {
    return interrupted;
  }

  /** {@return how long it took, in seconds} */
  public double seconds() {
    return seconds;
  }

  /** {@return what computed the gradients} */
  public String arithmetic() {
    return arithmetic;
  }

  /** {@return what the image was to be like, in words} */
  public List<String> objectives() {
    return objectives;
  }

  /** Returns the size, the steps and the losses. */
  @Override
  public String toString() {
    String fall =
        losses.length == 0
            ? ""
            : String.format(
                Locale.ROOT, ", loss %.5g to %.5g", losses[0], losses[losses.length - 1]);
    return String.format(
        Locale.ROOT,
        "Image of %d x %d pixels after %d steps in %.1f s%s%s\n%s",
        pixels.width(),
        pixels.height(),
        losses.length,
        seconds,
        fall,
        interrupted ? ", interrupted" : "",
        String.join("; ", objectives));
  }
}
