package verydeep.inspection;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import verydeep.VerydeepException;
import verydeep.data.RgbImage;

/**
 * What an image that is being made should be like, as a loss to make small. Objectives are weighted
 * and summed. Immutable.
 *
 * @see ImageOptimization
 */
public final class Objective {

  private final Term term;
  private final double weight;
  private final String words;

  private Objective(Term term, double weight, String words) {
    this.term = term;
    this.weight = weight;
    this.words = words;
  }

  private static Objective of(Term term, String words) {
    return new Objective(term, 1, words);
  }

  /**
   * Like an image in a layer: half the sum of the squared differences of the activations (L. Gatys,
   * A. Ecker, M. Bethge, <i>Image Style Transfer Using Convolutional Neural Networks</i>, 2016,
   * equation 1).
   *
   * @param image an image as large as the one that is made
   * @param layer the layer; conv4_2 in the paper by Gatys et al.
   * @return the objective
   */
  public static Objective content(RgbImage image, String layer) {
    return of(LayerTerms.content(checked(image), checked(layer)), "content in " + layer);
  }

  /**
   * Like an image in style: the squared differences of the Gram matrices of each layer, as Gatys et
   * al. 2016, equations 3 to 5, with each layer counting the same. The matrices are means over the
   * places, so that the image may be of any size.
   *
   * @param image an image of any size
   * @param layers one or more; conv1_1, conv2_1, conv3_1, conv4_1 and conv5_1 in the paper
   * @return the objective
   * @throws VerydeepException if there is no layer
   */
  public static Objective style(RgbImage image, String... layers) {
    if (layers.length == 0) {
      throw new VerydeepException("A style needs at least one layer; none was named.");
    }
    List<String> names = Stream.of(layers).map(Objective::checked).distinct().toList();
    return of(new StyleTerm(checked(image), names), "style in " + String.join(", ", names));
  }

  /**
   * Like an image in a layer, as feature inversion states it: the sum of the squared differences
   * divided by that of the squares (A. Mahendran, A. Vedaldi, <i>Understanding Deep Image
   * Representations by Inverting Them</i>, 2015, equation 2).
   *
   * @param image an image as large as the one that is made
   * @param layer the layer
   * @return the objective; 0 for the image itself, 1 for one to which nothing answers
   */
  public static Objective features(RgbImage image, String layer) {
    return of(LayerTerms.features(checked(image), checked(layer)), "features of " + layer);
  }

  /**
   * A strong answer of a channel: minus the mean of its activations.
   *
   * @param layer the layer
   * @param index the channel
   * @return the objective
   */
  public static Objective channel(String layer, int index) {
    return of(LayerTerms.channel(checked(layer), index), "channel " + index + " of " + layer);
  }

  /**
   * A strong answer of a whole layer, which makes whatever the layer sees there more so ("deep
   * dream"): minus half the mean of the squared activations.
   *
   * @param layer the layer
   * @return the objective
   */
  public static Objective strength(String layer) {
    return of(LayerTerms.strength(checked(layer)), "strength of " + layer);
  }

  /**
   * A high score of a class before the soft-max, averaged over the places of the fully
   * convolutional form (K. Simonyan, A. Vedaldi, A. Zisserman, <i>Deep Inside Convolutional
   * Networks</i>, 2013, section 2): minus the score.
   *
   * @param className the class, or a synonym in its name that no other class has
   * @return the objective, for networks with classes
   */
  public static Objective scoreOf(String className) {
    Objects.requireNonNull(className, "className");
    return of(new ScoreTerm(className), "score of " + className);
  }

  /**
   * Like an image by a perceptual distance, learned or not.
   *
   * @param distance a distance on the same network
   * @param image an image as large as the one that is made
   * @return the objective
   */
  public static Objective distance(PerceptualDistance distance, RgbImage image) {
    Objects.requireNonNull(distance, "distance");
    return of(new DistanceTerm(distance, checked(image)), distance.basis());
  }

  /**
   * Smooth: the squared differences of neighboring pixels, in levels from 0 to 255, as a mean over
   * all pixels and colors (total variation with the exponent 2, as Mahendran and Vedaldi 2015). It
   * is a few hundred for a photo.
   *
   * @return the objective
   */
  public static Objective totalVariation() {
    return of(new VariationTerm(), "total variation");
  }

  /**
   * The same with another weight.
   *
   * @param factor what the weight is multiplied by; 1 at first
   * @return a new objective
   * @throws VerydeepException if it is not finite
   */
  public Objective times(double factor) {
    if (!Double.isFinite(factor)) {
      throw new VerydeepException(
          "An objective's weight is multiplied by " + factor + "; it must be finite.");
    }
    return new Objective(term, weight * factor, words);
  }

  private static RgbImage checked(RgbImage image) {
    return Objects.requireNonNull(image, "image");
  }

  private static String checked(String layer) {
    return Objects.requireNonNull(layer, "layer");
  }

  /** The same with another form of its term. */
  Objective on(Term other) {
    return new Objective(other, weight, words);
  }

  Term term() {
    return term;
  }

  double weight() {
    return weight;
  }

  /** Returns what it is of, and its weight. */
  @Override
  public String toString() {
    return weight == 1 ? words : String.format(Locale.ROOT, "%.4g times %s", weight, words);
  }
}
