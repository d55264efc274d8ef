package verydeep.training;

import java.util.Locale;
import verydeep.evaluation.ErrorRates;

/**
 * One pass over the training set and the validation that follows it.
 *
 * @param number counted from 1
 * @param rate the learning rate
 * @param loss the mean loss over the images, without the L2 penalty
 * @param training the errors on the training images as they were trained on, with augmentation and
 *     dropout
 * @param validation the errors of the center crop on the validation set
 * @param seconds the training time, without the validation
 * @param secondsWaited the part of it spent waiting for images
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
   * Returns the training speed.
   *
   * @return images per second, without the validation; only images that count in the loss, so when
   *     training on boxes no crop with less than half of its object
   */
  public double imagesPerSecond() {
    return training.top1().images() / seconds;
  }

  /**
   * Returns a copy without top-5 errors, which earlier versions stored even for tasks that have
   * none.
   */
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

  /** Returns the epoch as one line. */
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
