package verydeep.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import verydeep.VerydeepException;
import verydeep.evaluation.Evaluation;

/**
 * The paper's protocol for Caltech-101 and Caltech-256 (appendix B): images of each class drawn at
 * random for training, others for the test, several times. The features are computed once; a split
 * is a choice of indices.
 *
 * <pre>{@code
 * var images = Images.folder("101_ObjectCategories");
 * var features = FeatureExtractor.of(checkpoint).scales(256).run(images);
 * System.out.println(RandomSplits.caltech101(features).run());
 * }</pre>
 *
 * <p>Both data sets are a folder a class as they are distributed, so {@code Images.folder} reads
 * them. Their folder of backgrounds ({@code BACKGROUND_Google}, {@code 257.clutter}) counts as a
 * class, as in the paper, which speaks of 102 and 257 classes.
 */
public final class RandomSplits {

  private final Features features;
  private final int training;
  private int test = Integer.MAX_VALUE;
  private int splits = 3;
  private long seed;
  private double cost;
  private int folds;

  private RandomSplits(Features features, int training) {
    this.features = Objects.requireNonNull(features, "features");
    this.training = training;
  }

  private RandomSplits(RandomSplits other) {
    features = other.features;
    training = other.training;
    test = other.test;
    splits = other.splits;
    seed = other.seed;
    cost = other.cost;
    folds = other.folds;
  }

  private RandomSplits with(Consumer<RandomSplits> change) {
    RandomSplits changed = new RandomSplits(this);
    change.accept(changed);
    return changed;
  }

  /**
   * Any number of training images a class, all others for the test.
   *
   * @param features of all images
   * @param training images a class, 1 or more
   * @return three splits, which can be changed
   * @throws VerydeepException if the number is below 1
   */
  public static RandomSplits of(Features features, int training) {
    check("training images a class", training);
    return new RandomSplits(features, training);
  }

  /**
   * Caltech-101: 30 training images a class, up to 50 others for the test.
   *
   * @param features of all images
   * @return three splits, which can be changed
   */
  public static RandomSplits caltech101(Features features) {
    return of(features, 30).test(50);
  }

  /**
   * Caltech-256: 60 training images a class, all others for the test.
   *
   * @param features of all images
   * @return three splits, which can be changed
   */
  public static RandomSplits caltech256(Features features) {
    return of(features, 60);
  }

  /**
   * How many images of a class are in the test at most.
   *
   * @param most 1 or more; by default all that are not for training
   * @return changed settings
   */
  public RandomSplits test(int most) {
    check("test images a class", most);
    return with(changed -> changed.test = most);
  }

  /**
   * How many splits are drawn.
   *
   * @param splits 1 or more; 3 by default, as in the paper
   * @return changed settings
   */
  public RandomSplits splits(int splits) {
    check("splits", splits);
    return with(changed -> changed.splits = splits);
  }

  /**
   * What decides the splits, and which of the training images choose C. The first splits stay the
   * same when more of them are asked for.
   *
   * @param seed any number; 0 by default
   * @return changed settings
   */
  public RandomSplits seed(long seed) {
    return with(changed -> changed.seed = seed);
  }

  /**
   * The cost C of a violated margin in every split.
   *
   * @param cost above 0; by default chosen in each split on a fifth of its training images
   * @return changed settings
   * @throws VerydeepException if it is not above 0 or not finite
   */
  public RandomSplits cost(double cost) {
    double checked = CostChoice.checked(cost);
    return with(changed -> changed.cost = checked);
  }

  /**
   * Chooses the cost C in each split by cross-validation on its training images.
   *
   * @param folds as {@link LinearSvmBuilder#folds}; not used if the cost is given
   * @return changed settings
   * @throws VerydeepException if there are fewer than 2
   */
  public RandomSplits folds(int folds) {
    int checked = LinearSvmBuilder.checkedFolds(folds);
    return with(changed -> changed.folds = checked);
  }

  /**
   * Trains and tests a linear classifier a split.
   *
   * @return the tests
   * @throws VerydeepException if there are fewer than two classes, a class has no image left for
   *     the test, or too few training images to choose C
   */
  public SplitResults run() {
    List<List<Integer>> members = members();
    SplittableRandom seeds = new SplittableRandom(seed);
    List<Evaluation> tests = new ArrayList<>();
    for (int split = 0; split < splits; split++) {
      tests.add(test(members, seeds.nextLong()).named("split " + (split + 1)));
    }
    return new SplitResults(features.network(), features.protocol(), training, tests);
  }

  private Evaluation test(List<List<Integer>> members, long seed) {
    SplittableRandom seeds = new SplittableRandom(seed);
    List<Integer> fit = new ArrayList<>();
    List<Integer> check = new ArrayList<>();
    for (List<Integer> images : members) {
      List<Integer> shuffled = new ArrayList<>(images);
      Collections.shuffle(shuffled, new Random(seeds.nextLong()));
      List<Integer> others = shuffled.subList(training, shuffled.size());
      fit.addAll(shuffled.subList(0, training));
      check.addAll(others.subList(0, Math.min(test, others.size())));
    }
    LinearSvmBuilder svm = LinearSvm.of(subset(fit)).seed(seed);
    if (folds > 0) {
      svm = svm.folds(folds);
    }
    return (cost > 0 ? svm.cost(cost) : svm).run().test(subset(check));
  }

  private Features subset(List<Integer> indices) {
    return features.subset(indices.stream().sorted().mapToInt(i -> i).toArray());
  }

  /** The images of each class. */
  private List<List<Integer>> members() {
    List<List<Integer>> members = new ArrayList<>();
    features.classes().forEach(name -> members.add(new ArrayList<>()));
    for (int i = 0; i < features.size(); i++) {
      members.get(features.label(i)).add(i);
    }
    for (int label = 0; label < members.size(); label++) {
      if (members.get(label).size() <= training) {
        throw new VerydeepException(
            "Class \"%s\" has %d images; %d for training and at least one for the test are needed."
                .formatted(features.classes().get(label), members.get(label).size(), training));
      }
    }
    return members;
  }

  private static void check(String what, int given) {
    if (given < 1) {
      throw new VerydeepException("The number of " + what + " is " + given + "; 1 is the least.");
    }
  }

  /** How many splits, of what. */
  @Override
  public String toString() {
    return splits
        + " random splits, "
        + training
        + " training and "
        + (test == Integer.MAX_VALUE ? "all other" : "up to " + test)
        + " test images a class, of "
        + features;
  }
}
