package verydeep.training;

import java.util.List;
import verydeep.internal.tasks.LossCounts;

/**
 * Where a training stands between two steps, without its arrays.
 *
 * @param epoch the epoch under way, counted from 1
 * @param step steps of it that are done
 * @param steps steps that are done in all
 * @param sums what the epoch has found so far
 * @param plateau where the learning rate stands
 * @param lossScale of mixed precision, and steps since it changed
 * @param epochs those that are done
 * @param bestEpoch the best of them; 0 if there is none
 * @param seconds how long the training has taken so far
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
   * What the epoch under way has found so far.
   *
   * @param outcome summed over its steps
   * @param seconds how long they took
   * @param waited how much of it was spent waiting for images
   */
  record Sums(LossCounts outcome, double seconds, double waited) {

    static final Sums NONE = new Sums(LossCounts.NONE, 0, 0);
  }

  /**
   * The loss scale.
   *
   * @param value what the loss is multiplied with
   * @param since steps since that changed
   */
  record ScaleState(float value, int since) {}

  /** Before the first step. */
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

  /** Whether there is nothing left to do. */
  boolean isFinished(Recipe recipe) {
    return plateau.ended() || epoch > recipe.epochs();
  }
}
