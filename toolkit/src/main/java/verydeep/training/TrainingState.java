package verydeep.training;

import java.util.List;
import verydeep.internal.tasks.LossCounts;

/**
 * The progress of a training between two steps, without its arrays.
 *
 * @param epoch the current epoch, counted from 1
 * @param step the completed steps of this epoch
 * @param steps the completed steps in total
 * @param sums the sums of this epoch so far
 * @param plateau the state of the learning rate
 * @param lossScale the loss scale of mixed precision, and the steps since it changed
 * @param epochs the completed epochs
 * @param bestEpoch the best of them; 0 if there is none
 * @param seconds the time the training has taken so far
 */
record TrainingState(
    int epoch,
    int step,
    long steps,
    Sums sums,
    Plateau.State plateau,
    ScaleState lossScale,
    List<Epoch> epochs,
    int bestEpoch,
    double seconds) {

  TrainingState {
    epochs = List.copyOf(epochs);
  }

  /**
   * The sums of the current epoch.
   *
   * @param outcome the outcome summed over its steps
   * @param seconds the time these took
   * @param waited the part of it spent waiting for images
   */
  record Sums(LossCounts outcome, double seconds, double waited) {

    static final Sums NONE = new Sums(LossCounts.NONE, 0, 0);
  }

  /**
   * The loss scale.
   *
   * @param value the factor of the loss
   * @param since steps since it changed
   */
  record ScaleState(float value, int since) {}

  /** Returns the state before the first step. */
  static TrainingState beginning(LearningRate rate, Precision precision) {
    LossScale scale = new LossScale(precision);
    return new TrainingState(
        1,
        0,
        0,
        Sums.NONE,
        new Plateau(rate).state(),
        new ScaleState(scale.value(), scale.since()),
        List.of(),
        0,
        0);
  }

  /** Returns whether there is nothing left to do. */
  boolean isFinished(Recipe recipe) {
    return plateau.ended() || epoch > recipe.epochs();
  }
}
