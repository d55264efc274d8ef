package verydeep.experiments;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import verydeep.evaluation.ErrorRates;
import verydeep.evaluation.Evaluation;

/**
 * How useful a layer's features are to a linear classifier (appendix B): one of several tests that
 * differ by layer, weights or scales and show how transfer grows with depth.
 *
 * @param weights the weights that made the features, in a few words: {@code D of ImageNet}, {@code
 *     random D}
 * @param layer the layer's name
 * @param protocol the views of each image: crops or dense, scales, flips
 * @param errors the errors on the test images
 * @param command the command that made it
 * @param machine the machine it was made on
 * @param tested the time of the test, to the second
 */
public record LayerResult(
    String weights,
    String layer,
    String protocol,
    ErrorRates errors,
    String command,
    String machine,
    Instant tested) {

  /**
   * Creates the result of a test made now on this machine.
   *
   * @param weights the weights that made the features, in a few words
   * @param layer the layer's name
   * @param command the command that made it, such as {@code jshell-scripts/run transfer}
   * @param test the test of a classifier on these features
   * @return the result for the layer
   */
  public static LayerResult of(String weights, String layer, String command, Evaluation test) {
    return new LayerResult(
        weights,
        layer,
        test.protocol(),
        test.errors(),
        command,
        Machine.name(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Returns what is compared: layers of the same weights with the same views. */
  String series() {
    return weights + ", " + protocol;
  }

  /** Returns the accuracy and its interval, in percent. */
  double accuracy() {
    return 100 - 100 * errors.top1().value();
  }

  double lowest() {
    return 100 - 100 * errors.top1().high();
  }

  double highest() {
    return 100 - 100 * errors.top1().low();
  }

  /** Returns layer, weights, protocol and accuracy with its interval. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s of %s, %s: %.1f%% right (%.1f to %.1f)",
        layer,
        weights,
        protocol,
        accuracy(),
        lowest(),
        highest());
  }
}
