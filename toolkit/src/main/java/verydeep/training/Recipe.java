package verydeep.training;

import java.util.List;
import java.util.Objects;

/**
 * How a network is trained (section 3.1): multinomial logistic regression by mini-batch gradient
 * descent with momentum. Dropout is the network's own setting.
 *
 * <p>A step is that of the framework that the paper used: v = momentum v + rate (g + decay w), then
 * w = w - v, where g is the gradient of the batch's mean loss. The rate is inside the momentum, so
 * when it drops, the velocity keeps its magnitude. Decay applies to weights, not to biases.
 *
 * @param batch images per step
 * @param momentum from 0 to below 1
 * @param decay the weight decay, at least 0
 * @param rate the learning rate and its drops
 * @param epochs the most passes over the training set
 */
public record Recipe(int batch, double momentum, double decay, LearningRate rate, int epochs) {

  /**
   * Checks the values.
   *
   * @param batch images per step
   * @param momentum from 0 to below 1
   * @param decay the weight decay, at least 0
   * @param rate the learning rate and its drops
   * @param epochs the most passes over the training set
   */
  public Recipe {
    Checks.that(batch >= 1, "batch", batch, "1 image or more");
    Checks.that(momentum >= 0 && momentum < 1, "momentum", momentum, "from 0 to below 1");
    Checks.that(decay >= 0 && decay < 1, "weight decay", decay, "from 0 to below 1");
    Checks.that(epochs >= 1, "number of epochs", epochs, "1 or more");
    Objects.requireNonNull(rate, "rate");
  }

  /**
   * Returns the paper's recipe: batches of 256, momentum 0.9, decay 5e-4, rate 0.01 with three
   * drops, 74 epochs.
   *
   * @return the recipe
   */
  public static Recipe paper() {
    return new Recipe(256, 0.9, 5e-4, LearningRate.plateau(0.01), 74);
  }

  /**
   * Returns a copy with another batch size.
   *
   * @param images images per step
   * @return a new recipe
   */
  public Recipe batch(int images) {
    return new Recipe(images, momentum, decay, rate, epochs);
  }

  /**
   * Returns a copy with another momentum.
   *
   * @param momentum from 0 to below 1
   * @return a new recipe
   */
  public Recipe momentum(double momentum) {
    return new Recipe(batch, momentum, decay, rate, epochs);
  }

  /**
   * Returns a copy with another weight decay.
   *
   * @param decay the weight decay
   * @return a new recipe
   */
  public Recipe decay(double decay) {
    return new Recipe(batch, momentum, decay, rate, epochs);
  }

  /**
   * Returns a copy with another learning rate.
   *
   * @param rate the rate and its drops
   * @return a new recipe
   */
  public Recipe rate(LearningRate rate) {
    return new Recipe(batch, momentum, decay, rate, epochs);
  }

  /**
   * Returns a copy with another first learning rate, with the same drops.
   *
   * @param first the rate of the first step
   * @return a new recipe
   */
  public Recipe rate(double first) {
    return rate(new LearningRate(first, rate.factor(), rate.falls(), rate.patience()));
  }

  /**
   * Returns a copy with another number of epochs.
   *
   * @param epochs the most passes over the training set
   * @return a new recipe
   */
  public Recipe epochs(int epochs) {
    return new Recipe(batch, momentum, decay, rate, epochs);
  }

  /**
   * Returns what differs from {@link #paper()}.
   *
   * @return a text for each difference, such as {@code batch 32 (paper 256)}; empty if there is
   *     none
   */
  public List<String> changes() {
    return values().stream().filter(value -> value.contains("(paper ")).toList();
  }

  private List<String> values() {
    Recipe paper = paper();
    return List.of(
        value("batch " + batch, batch == paper.batch, "256"),
        value("momentum " + momentum, momentum == paper.momentum, "0.9"),
        value("decay " + decay, decay == paper.decay, "5.0E-4"),
        value("rate " + rate, rate.equals(paper.rate), "0.01, three falls by 10"),
        value(epochs + " epochs at most", epochs == paper.epochs, "74"));
  }

  private static String value(String text, boolean same, String papers) {
    return same ? text : text + " (paper " + papers + ")";
  }

  /** Returns all values on one line, with the paper's next to those that were changed. */
  @Override
  public String toString() {
    return String.join(", ", values());
  }
}
