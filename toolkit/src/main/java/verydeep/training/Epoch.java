package verydeep.training;

import java.util.Locale;
import verydeep.evaluation.ErrorRates;

/**
 * One pass over the training set and the validation behind it.
 *
 * @param number counted from 1
 * @param rate the learning rate
 * @param loss the mean of the images' losses, without the L2 penalty
 * @param training the errors on the training images, augmented and with dropout as they were when
 *     trained on
 * @param validation the errors on the validation set, center crop
 * @param seconds how long training took, without the validation
 * @param secondsWaited how much of it was spent waiting for images
 */
public record Epoch(
    int number,
    double rate,
    double loss,
    ErrorRates training,
    ErrorRates validation,
    double seconds,
    double secondsWaited) {

  /**
   * The speed of training.
   *
   * @return images a second that the loss counts, without the validation; of boxes not those whose
   *     crop has less than half of the object
   */
  public double imagesPerSecond() {
    return training.top1().images() / seconds;
  }

  /** The same without top-5 errors: earlier versions kept some where there are none. */
  Epoch withoutTopFive() {
    return new Epoch(
        number,
        rate,
        loss,
        ErrorRates.of(training.top1()),
        ErrorRates.of(validation.top1()),
        seconds,
        secondsWaited);
  }

  /** One line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "epoch %2d: loss %.3f, training error %4.1f%%, validation error %s, rate %s, %.0f"
            + " images/s",
        number,
        loss,
        100 * training.top1().value(),
        validation.top1(),
        LearningRate.text(rate),
        imagesPerSecond());
  }
}
