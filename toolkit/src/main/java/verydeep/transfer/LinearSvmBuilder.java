package verydeep.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/** Settings of a linear classifier, in any order; {@link #run()} checks them and trains. */
public final class LinearSvmBuilder {

  /** Costs that are tried, from much to little regularisation, for vectors of length 1. */
  private static final double[] COSTS = {0.25, 1, 4, 16, 64, 256};

  private final Features features;
  private double cost;
  private long seed;

  LinearSvmBuilder(Features features) {
    this.features = Objects.requireNonNull(features, "features");
  }

  /**
   * The cost C of a violated margin.
   *
   * @param cost above 0; by default the best of 1/4 to 256 in steps of 4 on a fifth of the training
   *     pictures that was held out (appendix B), with which the classifier is then trained on all
   * @return this
   */
  public LinearSvmBuilder cost(double cost) {
    if (!(cost > 0) || Double.isInfinite(cost)) {
      throw new TransferException("The cost C is " + cost + "; it must be above 0 and finite.");
    }
    this.cost = cost;
    return this;
  }

  /**
   * What decides which fifth is held out.
   *
   * @param seed any number; 0 by default
   * @return this
   */
  public LinearSvmBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Trains.
   *
   * @return the classifier
   * @throws TransferException if fewer than two classes have pictures, or a class has too few of
   *     them to hold some out
   */
  public LinearSvm run() {
    long present = IntStream.range(0, features.size()).map(features::label).distinct().count();
    if (present < 2) {
      throw new TransferException(
          "A classifier needs pictures of two classes or more; these are of " + present + ".");
    }
    double chosen = cost > 0 ? cost : chooseCost();
    return new LinearSvm(
        features, new OneAgainstRest(features).train(chosen, OneAgainstRest.FINE), chosen);
  }

  private double chooseCost() {
    List<Integer> held = heldOut();
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      if (Collections.binarySearch(held, i) < 0) {
        kept.add(i);
      }
    }
    Features fit = features.subset(kept.stream().mapToInt(i -> i).toArray());
    Features check = features.subset(held.stream().mapToInt(i -> i).toArray());
    double best = COSTS[0];
    int fewestWrong = Integer.MAX_VALUE;
    OneAgainstRest rest = new OneAgainstRest(fit);
    for (double candidate : COSTS) {
      LinearSvm svm = new LinearSvm(fit, rest.train(candidate, OneAgainstRest.COARSE), candidate);
      int wrong = svm.test(check).errors().top1().wrong();
      if (wrong < fewestWrong) {
        fewestWrong = wrong;
        best = candidate;
      }
    }
    return best;
  }

  /** A fifth of each class, at least one picture of it. */
  private List<Integer> heldOut() {
    List<Integer> held = new ArrayList<>();
    for (int label = 0; label < features.classes().size(); label++) {
      List<Integer> members = new ArrayList<>();
      for (int i = 0; i < features.size(); i++) {
        if (features.label(i) == label) {
          members.add(i);
        }
      }
      if (members.size() == 1) {
        throw new TransferException(
            "Class \""
                + features.classes().get(label)
                + "\" has one picture; to choose C, two or "
                + "more are needed. Give it: cost(...).");
      }
      Collections.shuffle(members, new Random(31 * seed + label));
      held.addAll(members.subList(0, (members.size() + 4) / 5));
    }
    Collections.sort(held);
    return held;
  }

  /** The settings. */
  @Override
  public String toString() {
    return "linear SVM on "
        + features
        + ", C "
        + (cost > 0 ? cost : "chosen from " + Arrays.toString(COSTS));
  }
}
