package verydeep.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import verydeep.VerydeepException;
import verydeep.evaluation.Evaluation;

/**
 * The paper's protocol for Caltech-101 and Caltech-256 (appendix B): images of each class are drawn
 * at random for training, others for the test, several times. The features are computed once; a
 * split is a choice of indices.
 *
 * <pre>{@code
 * var images = Images.folder("101_ObjectCategories");
 * var features = FeatureExtractor.of(checkpoint).scales(256).run(images);
 * System.out.println(RandomSplits.caltech101(features).run());
 * }</pre>
 *
 * <p>Both data sets come with one folder per class, so {@code Images.folder} reads them. Their
 * folder of backgrounds ({@code BACKGROUND_Google}, {@code 257.clutter}) counts as a class, as in
 * the paper, which speaks of 102 and 257 classes.
 */
public final class RandomSplits {

  /** How the images are drawn; {@code test} is the largest number of test images per class. */
  private record Draw(int training, int test, int splits, long seed) {}

  private final Features features;
  private final Draw draw;
  private final SvmSettings svm;

  private RandomSplits(Features features, Draw draw, SvmSettings svm) {
    this.features = Objects.requireNonNull(features, "features");
    this.draw = draw;
    this.svm = svm;
  }

  /**
   * Any number of training images per class, all others for the test.
   *
   * @param features of all images
   * @param training images per class, 1 or more
   * @return three splits, which can be changed
   * @throws VerydeepException if the number is below 1
   */
  public static RandomSplits of(Features features, int training) {
    check("training images per class", training);
    Draw draw = new Draw(training, Integer.MAX_VALUE, 3, 0);
    return new RandomSplits(features, draw, SvmSettings.DEFAULT);
  }

  /**
   * Caltech-101: 30 training images per class, up to 50 others for the test.
   *
   * @param features of all images
   * @return three splits, which can be changed
   */
  public static RandomSplits caltech101(Features features) {
    return of(features, 30).test(50);
  }

  /**
   * Caltech-256: 60 training images per class, all others for the test.
   *
   * @param features of all images
   * @return three splits, which can be changed
   */
  public static RandomSplits caltech256(Features features) {
    return of(features, 60);
  }

  /**
   * The largest number of test images per class.
   *
   * @param most 1 or more; by default all that are not for training
   * @return changed settings
   */
  public RandomSplits test(int most) {
    check("test images per class", most);
    return with(new Draw(draw.training, most, draw.splits, draw.seed));
  }

  /**
   * How many splits are drawn.
   *
   * @param splits 1 or more; 3 by default, as in the paper
   * @return changed settings
   */
  public RandomSplits splits(int splits) {
    check("splits", splits);
    return with(new Draw(draw.training, draw.test, splits, draw.seed));
  }

  /**
   * What decides the splits, and which of the training images choose C. The first splits stay the
   * same when more of them are asked for.
   *
   * @param seed any number; 0 by default
   * @return changed settings
   */
  public RandomSplits seed(long seed) {
    return with(new Draw(draw.training, draw.test, draw.splits, seed));
  }

  private RandomSplits with(Draw changed) {
    return new RandomSplits(features, changed, svm);
  }

  /**
   * The cost C of a violated margin in every split.
   *
   * @param cost above 0; by default chosen in each split as {@link LinearSvmBuilder#cost} says
   * @return changed settings
   * @throws VerydeepException if it is not above 0 or not finite
   */
  public RandomSplits cost(double cost) {
    return new RandomSplits(features, draw, svm.withCost(cost));
  }

  /**
   * Chooses the cost C in each split by cross-validation on its training images.
   *
   * @param folds as {@link LinearSvmBuilder#folds}; not used if the cost is given
   * @return changed settings
   * @throws VerydeepException if there are fewer than 2
   */
  public RandomSplits folds(int folds) {
    return new RandomSplits(features, draw, svm.withFolds(folds));
  }

  /**
   * Chooses the cost C in each split on one held-out fifth of its training images.
   *
   * @return changed settings
   */
  public RandomSplits heldOutFifth() {
    return new RandomSplits(features, draw, svm.withFifth());
  }

  /**
   * Trains and tests a linear classifier for each split.
   *
   * @return the tests
   * @throws VerydeepException if there are fewer than two classes, a class has no image left for
   *     the test, or too few training images to choose C
   */
  public SplitResults run() {
    List<List<Integer>> members = members();
    SplittableRandom seeds = new SplittableRandom(draw.seed);
    List<Evaluation> tests = new ArrayList<>();
    for (int split = 0; split < draw.splits; split++) {
      tests.add(test(members, seeds.nextLong()).named("split " + (split + 1)));
    }
    return new SplitResults(features.network(), features.protocol(), draw.training, tests);
  }

  private Evaluation test(List<List<Integer>> members, long seed) {
    SplittableRandom seeds = new SplittableRandom(seed);
    List<Integer> fit = new ArrayList<>();
    List<Integer> check = new ArrayList<>();
    for (List<Integer> images : members) {
      List<Integer> shuffled = new ArrayList<>(images);
      Collections.shuffle(shuffled, new Random(seeds.nextLong()));
      List<Integer> others = shuffled.subList(draw.training, shuffled.size());
      fit.addAll(shuffled.subList(0, draw.training));
      check.addAll(others.subList(0, Math.min(draw.test, others.size())));
    }
    return new LinearSvmBuilder(subset(fit), svm.withSeed(seed)).run().test(subset(check));
  }

  private Features subset(List<Integer> indices) {
    return features.subset(indices.stream().sorted().mapToInt(i -> i).toArray());
  }

  /** The images of each class. */
  private List<List<Integer>> members() {
    List<List<Integer>> members = features.byClass();
    for (int label = 0; label < members.size(); label++) {
      if (members.get(label).size() <= draw.training) {
        throw new VerydeepException(
            "Class \"%s\" has %d images; %d for training and at least one for the test are needed."
                .formatted(
                    features.classes().get(label), members.get(label).size(), draw.training));
      }
    }
    return members;
  }

  private static void check(String what, int given) {
    if (given < 1) {
      throw new VerydeepException(
          "The number of " + what + " is " + given + "; it must be 1 or more.");
    }
  }

  /** How many splits, of what. */
  @Override
  public String toString() {
    return draw.splits
        + " random splits, "
        + draw.training
        + " training and "
        + (draw.test == Integer.MAX_VALUE ? "all other" : "up to " + draw.test)
        + " test images per class, of "
        + features;
  }
}
