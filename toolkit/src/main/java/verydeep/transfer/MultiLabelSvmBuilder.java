package verydeep.transfer;

import java.util.Objects;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.MultiLabelImages;

/**
 * Settings of a linear classifier for images that may show several classes, in any order; {@link
 * #run()} checks them and trains.
 */
public final class MultiLabelSvmBuilder {

  private final Features features;
  private final MultiLabelImages labels;
  private final SvmSettings settings;

  MultiLabelSvmBuilder(Features features, MultiLabelImages labels, SvmSettings settings) {
    this.features = Objects.requireNonNull(features, "features");
    this.labels = Objects.requireNonNull(labels, "labels");
    this.settings = settings;
    MultiLabelSvm.checkSame(features, labels);
  }

  /**
   * The cost C of a violated margin.
   *
   * @param cost above 0; by default the one of 1/4 to 256 in steps of 4 with the highest mean
   *     average precision (area under the curve) on a held-out fifth of the training images, the
   *     same for all classes, since rare classes have too few images to choose their own
   * @return changed settings
   * @throws VerydeepException if it is not above 0 or not finite
   */
  public MultiLabelSvmBuilder cost(double cost) {
    return new MultiLabelSvmBuilder(features, labels, settings.withCost(cost));
  }

  /**
   * What decides which fifth is held out.
   *
   * @param seed any number; 0 by default
   * @return changed settings
   */
  public MultiLabelSvmBuilder seed(long seed) {
    return new MultiLabelSvmBuilder(features, labels, settings.withSeed(seed));
  }

  /**
   * Trains.
   *
   * @return the classifier
   * @throws VerydeepException if a class is shown by no image or by all of them, or if C is to be
   *     chosen and no class has enough images to hold some out
   */
  public MultiLabelSvm run() {
    for (int label = 0; label < labels.classes().size(); label++) {
      check(label, MultiLabelImages.Presence.SHOWN, "shows it");
      check(label, MultiLabelImages.Presence.ABSENT, "is without it");
    }
    OneAgainstRest training = new OneAgainstRest(features, labels.classes(), labels::presence);
    if (!settings.choosesCost()) {
      return new MultiLabelSvm(trained(training, settings.cost()));
    }
    CostChoice choice = new MultiLabelCost(features, labels).choice(training, settings.seed());
    return new MultiLabelSvm(
        trained(training, choice.best()).with(LinearClassifier.CHOSEN_ON, choice.basis()));
  }

  private SvmModel trained(OneAgainstRest training, double cost) {
    return SvmModel.trained(training.train(cost, HingeSolver.FINE), features);
  }

  private void check(int label, MultiLabelImages.Presence needed, String words) {
    if (IntStream.range(0, labels.size()).noneMatch(i -> labels.presence(i, label) == needed)) {
      throw new VerydeepException(
          "Class \"%s\" cannot be learned from %s: no image %s."
              .formatted(labels.classes().get(label), labels, words));
    }
  }

  /** The settings. */
  @Override
  public String toString() {
    return "linear SVM on " + features + ", several classes per image, " + settings;
  }
}
