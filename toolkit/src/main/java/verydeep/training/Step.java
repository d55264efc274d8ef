package verydeep.training;

import java.util.Locale;
import verydeep.evaluation.ErrorRates;
import verydeep.internal.inference.ProgressLine;

/**
 * How far a training is, told after each step.
 *
 * @param epoch the epoch, counted from 1
 * @param epochs how many there are at most
 * @param step the step within the epoch, counted from 1
 * @param steps how many there are in an epoch
 * @param loss the mean loss of the epoch so far
 * @param errors the errors on the training images of the epoch so far, augmented as they were
 * @param rate the learning rate
 * @param imagesPerSecond images shown to the network a second, in this epoch
 * @param secondsLeft to the last epoch, if no plateau ends the training before
 */
public record Step(
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
   * One line, of 80 characters in most cases; the errors are top-1/top-5, or one where there is no
   * top-5 error.
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
