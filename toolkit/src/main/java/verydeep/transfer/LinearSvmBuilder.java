package verydeep.transfer;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import verydeep.VerydeepException;

/** Settings of a linear classifier, in any order; {@link #run()} checks them and trains. */
public final class LinearSvmBuilder {

  private final Features features;
  private final SvmSettings settings;

  LinearSvmBuilder(Features features, SvmSettings settings) {
    this.features = Objects.requireNonNull(features, "features");
    this.settings = settings;
  }

  /**
   * The cost C of a violated margin.
   *
   * @param cost above 0; by default the best of 1/4 to 256 in steps of 4 on training images that
   *     are held out (appendix B), with which the classifier is then trained on all of them: on a
   *     fifth of 1,000 images or more, and on all of fewer, in five folds
   * @return changed settings
   * @throws VerydeepException if it is not above 0 or not finite
   */
  public LinearSvmBuilder cost(double cost) {
    return new LinearSvmBuilder(features, settings.withCost(cost));
  }

  /**
   * Chooses the cost C by cross-validation, also where there are many images: the images of each
   * class are dealt out to the folds, and each fold is held out once. It takes as many times as
   * long as one fifth, and is more reliable where there are few images.
   *
   * @param folds 2 or more, such as 5; not used if the cost is given
   * @return changed settings
   * @throws VerydeepException if there are fewer than 2
   */
  public LinearSvmBuilder folds(int folds) {
    return new LinearSvmBuilder(features, settings.withFolds(folds));
  }

  /**
   * Chooses the cost C on one held-out fifth, also where there are few images: five times as fast
   * as folds, and for fewer than 1,000 images much more a matter of the seed.
   *
   * @return changed settings
   */
  public LinearSvmBuilder heldOutFifth() {
    return new LinearSvmBuilder(features, settings.withFifth());
  }

  /**
   * What decides which fifth is held out, or which fold an image is in.
   *
   * @param seed any number; 0 by default
   * @return changed settings
   */
  public LinearSvmBuilder seed(long seed) {
    return new LinearSvmBuilder(features, settings.withSeed(seed));
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
    OneAgainstRest training = OneAgainstRest.ofClasses(features);
    if (!settings.choosesCost()) {
      return trained(training, settings.cost());
    }
    CostChoice choice = choice(training);
    return trained(training, choice.best()).chosen(choice);
  }

  private LinearSvm trained(OneAgainstRest training, double cost) {
    return new LinearSvm(SvmModel.trained(training.train(cost, HingeSolver.FINE), features));
  }

  /** By how many of the images held out are wrong: whole numbers, exact in any order. */
  CostChoice choice(OneAgainstRest training) {
    return choice(training, held());
  }

  CostChoice choice(OneAgainstRest training, List<int[]> held) {
    return new CostChoice(
        features,
        training,
        held,
        (planes, some) -> -LinearSvm.test(planes, features.subset(some)).errors().top1().wrong());
  }

  private List<int[]> held() {
    int folds = settings.folds(features.size());
    if (features.size() < folds) {
      throw new VerydeepException(
          "%d images cannot be divided into %d folds.".formatted(features.size(), folds));
    }
    return folds == SvmSettings.FIFTH
        ? List.of(HeldOut.fifth(shuffled()))
        : HeldOut.folds(shuffled(), folds);
  }

  /** The images of each class, in an order that the seed decides. */
  private List<List<Integer>> shuffled() {
    List<List<Integer>> classes = features.byClass();
    for (int label = 0; label < classes.size(); label++) {
      if (classes.get(label).size() == 1) {
        throw new VerydeepException(
            ("Class \"%s\" has one image; two or more are needed to choose C. Give it:"
                    + " cost(...).")
                .formatted(features.classes().get(label)));
      }
      Collections.shuffle(classes.get(label), new Random(31 * settings.seed() + label));
    }
    return classes;
  }

  /** The settings. */
  @Override
  public String toString() {
    return "linear SVM on " + features + ", " + settings;
  }
}
