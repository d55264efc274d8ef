package verydeep.transfer;

import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * Chooses the cost C on examples that were held out: the one with the highest quality there, and
 * the smallest of equally good ones.
 */
final class CostChoice {

  /** The costs that are tried, from strong to weak regularization, for vectors of length 1. */
  static final List<Double> COSTS = List.of(0.25, 1.0, 4.0, 16.0, 64.0, 256.0);

  private final Features features;
  private final OneAgainstRest training;
  private final List<int[]> held;
  private final ToDoubleBiFunction<Hyperplanes, int[]> quality;

  /**
   * A choice.
   *
   * @param features of all examples
   * @param training trains on some of them
   * @param held the examples that are held out of one training after the other, each sorted
   * @param quality of a classifier on the examples held out, the higher the better
   */
  CostChoice(
      Features features,
      OneAgainstRest training,
      List<int[]> held,
      ToDoubleBiFunction<Hyperplanes, int[]> quality) {
    this.features = features;
    this.training = training;
    this.held = held;
    this.quality = quality;
  }

  /** The examples held out of one training after the other. */
  List<int[]> held() {
    return held;
  }

  /** On how many examples the choice rests, in words. */
  String basis() {
    int some = held.stream().mapToInt(fold -> fold.length).sum();
    return held.size() == 1
        ? some + " of " + features.size() + " images held out"
        : "all " + some + " images, in " + held.size() + " folds";
  }

  /** The best cost. */
  double best() {
    double best = COSTS.get(0);
    double highest = Double.NEGATIVE_INFINITY;
    for (double cost : COSTS) {
      double sum = quality(cost);
      if (sum > highest) {
        highest = sum;
        best = cost;
      }
    }
    return best;
  }

  /** The sum of the qualities of all trainings with a cost. */
  double quality(double cost) {
    double sum = 0;
    for (int[] some : held) {
      int[] others = HeldOut.others(some, features.size());
      sum += quality.applyAsDouble(training.train(others, cost, HingeSolver.COARSE), some);
    }
    return sum;
  }
}
