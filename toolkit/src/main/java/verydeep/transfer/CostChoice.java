package verydeep.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import verydeep.VerydeepException;

/**
 * Chooses the cost C on images that were held out: the one with the fewest of them wrong, of equal
 * ones the smallest. Mistakes are whole numbers, so their sum does not depend on who counted.
 */
final class CostChoice {

  /** Costs that are tried, from much to little regularisation, for vectors of length 1. */
  static final List<Double> COSTS = List.of(0.25, 1.0, 4.0, 16.0, 64.0, 256.0);

  private final Features features;
  private final List<int[]> held;

  /**
   * A choice.
   *
   * @param held the images held out of a training, sorted, a training after the other
   */
  CostChoice(Features features, List<int[]> held) {
    this.features = features;
    this.held = held;
  }

  /** A cost that was given. */
  static double checked(double cost) {
    if (!(cost > 0) || Double.isInfinite(cost)) {
      throw new VerydeepException("The cost C is " + cost + "; it must be above 0 and finite.");
    }
    return cost;
  }

  /** A fifth of each class, at least one image of it. */
  static CostChoice byFifth(Features features, long seed) {
    List<Integer> fifth = new ArrayList<>();
    for (List<Integer> members : shuffled(features, seed)) {
      fifth.addAll(members.subList(0, (members.size() + 4) / 5));
    }
    return new CostChoice(features, List.of(sorted(fifth)));
  }

  /**
   * Each image once, in parts that differ by one image at most, as do a class's images in them:
   * class after class they are dealt out.
   */
  static CostChoice byFolds(Features features, int folds, long seed) {
    if (features.size() < folds) {
      throw new VerydeepException(
          "%d images cannot be divided into %d folds.".formatted(features.size(), folds));
    }
    List<Integer> all = shuffled(features, seed).stream().flatMap(List::stream).toList();
    List<int[]> held = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      List<Integer> some = new ArrayList<>();
      for (int i = fold; i < all.size(); i += folds) {
        some.add(all.get(i));
      }
      held.add(sorted(some));
    }
    return new CostChoice(features, held);
  }

  /** The images held out, a training after the other. */
  List<int[]> held() {
    return held;
  }

  /** The best cost. */
  double best() {
    int[] wrong = wrong(COSTS);
    int best = 0;
    for (int i = 1; i < wrong.length; i++) {
      best = wrong[i] < wrong[best] ? i : best;
    }
    return COSTS.get(best);
  }

  /** How many of the images held out are wrong in all trainings together, by cost. */
  int[] wrong(List<Double> costs) {
    int[] wrong = new int[costs.size()];
    for (int[] some : held) {
      Features fit = features.subset(others(some));
      Features check = features.subset(some);
      OneAgainstRest rest = new OneAgainstRest(fit);
      for (int i = 0; i < wrong.length; i++) {
        double cost = costs.get(i);
        LinearSvm svm = new LinearSvm(fit, rest.train(cost, HingeSolver.COARSE), cost);
        wrong[i] += svm.test(check).errors().top1().wrong();
      }
    }
    return wrong;
  }

  private int[] others(int[] some) {
    boolean[] out = new boolean[features.size()];
    IntStream.of(some).forEach(i -> out[i] = true);
    return IntStream.range(0, out.length).filter(i -> !out[i]).toArray();
  }

  /** The images of each class, in an order that the seed decides. */
  private static List<List<Integer>> shuffled(Features features, long seed) {
    List<List<Integer>> classes = new ArrayList<>();
    features.classes().forEach(name -> classes.add(new ArrayList<>()));
    for (int i = 0; i < features.size(); i++) {
      classes.get(features.label(i)).add(i);
    }
    for (int label = 0; label < classes.size(); label++) {
      if (classes.get(label).size() == 1) {
        throw new VerydeepException(
            "Class \""
                + features.classes().get(label)
                + "\" has one image; to choose C, two or "
                + "more are needed. Give it: cost(...).");
      }
      Collections.shuffle(classes.get(label), new Random(31 * seed + label));
    }
    return classes;
  }

  private static int[] sorted(List<Integer> indices) {
    return indices.stream().mapToInt(i -> i).sorted().toArray();
  }
}
