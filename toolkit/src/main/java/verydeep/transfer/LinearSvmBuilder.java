package verydeep.transfer;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import verydeep.VerydeepException;

/** Settings of a linear classifier, in any order; {@link #run()} checks them and trains. */
public final class LinearSvmBuilder {

  private final Features features;
  private double cost;
  private int folds;
  private long seed;

  LinearSvmBuilder(Features features) {
    this.features = Objects.requireNonNull(features, "features");
  }

  private LinearSvmBuilder(LinearSvmBuilder other) {
    features = other.features;
    cost = other.cost;
    folds = other.folds;
    seed = other.seed;
  }

  private LinearSvmBuilder with(Consumer<LinearSvmBuilder> change) {
    LinearSvmBuilder changed = new LinearSvmBuilder(this);
    change.accept(changed);
    return changed;
  }

  /**
   * The cost C of a violated margin.
   *
   * @param cost above 0; by default the best of 1/4 to 256 in steps of 4 on a fifth of the training
   *     images that was held out (appendix B), with which the classifier is then trained on all
   * @return changed settings
   */
  public LinearSvmBuilder cost(double cost) {
    return with(changed -> changed.cost = CostChoice.checked(cost));
  }

  /**
   * Chooses the cost C by cross-validation instead of on one fifth: the images of each class are
   * dealt out to so many folds, and each fold is held out once. It takes so many times as long, and
   * is surer where images are few.
   *
   * @param folds 2 or more, such as 5; not used if the cost is given
   * @return changed settings
   * @throws VerydeepException if there are fewer than 2
   */
  public LinearSvmBuilder folds(int folds) {
    int checked = checkedFolds(folds);
    return with(changed -> changed.folds = checked);
  }

  static int checkedFolds(int folds) {
    if (folds < 2) {
      throw new VerydeepException("The number of folds is " + folds + "; 2 is the least.");
    }
    return folds;
  }

  /**
   * What decides which fifth is held out, or which fold an image is in.
   *
   * @param seed any number; 0 by default
   * @return changed settings
   */
  public LinearSvmBuilder seed(long seed) {
    return with(changed -> changed.seed = seed);
  }

  /**
   * Trains.
   *
   * @return the classifier
   * @throws VerydeepException if fewer than two classes have images, or a class has too few of them
   *     to hold some out, or there are fewer images than folds
   */
  public LinearSvm run() {
    long present = IntStream.range(0, features.size()).map(features::label).distinct().count();
    if (present < 2) {
      throw new VerydeepException(
          "A classifier needs images of two classes or more; these are of " + present + ".");
    }
    double chosen = cost > 0 ? cost : choice().best();
    return new LinearSvm(
        features, new OneAgainstRest(features).train(chosen, HingeSolver.FINE), chosen);
  }

  private CostChoice choice() {
    return folds == 0
        ? CostChoice.byFifth(features, seed)
        : CostChoice.byFolds(features, folds, seed);
  }

  /** The settings. */
  @Override
  public String toString() {
    return "linear SVM on "
        + features
        + ", C "
        + (cost > 0 ? cost : "chosen from " + CostChoice.COSTS)
        + (cost > 0 || folds == 0 ? "" : " by " + folds + " folds");
  }
}
