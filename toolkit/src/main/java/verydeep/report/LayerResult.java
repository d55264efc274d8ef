package verydeep.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.ErrorRates;
import verydeep.evaluation.Evaluation;

/**
 * What a layer's features are worth to a linear classifier (appendix B): one of several tests that
 * differ by layer, weights or scales, and how transfer grows with depth.
 *
 * @param weights whose features, in a few words: {@code D of ImageNet}, {@code random D}
 * @param layer the layer's name
 * @param protocol how the images were looked at: view, scales, flipped images
 * @param errors on the test images
 * @param command what made it
 * @param machine what it was made on
 * @param tested when, to the second
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
   * Checks that nothing is missing.
   *
   * @param weights whose features, in a few words: {@code D of ImageNet}, {@code random D}
   * @param layer the layer's name
   * @param protocol how the images were looked at: view, scales, flipped images
   * @param errors on the test images
   * @param command what made it
   * @param machine what it was made on
   * @param tested when, to the second
   */
  public LayerResult {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(errors, "errors");
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(machine, "machine");
    Objects.requireNonNull(tested, "tested");
  }

  /**
   * A test made on this machine, now.
   *
   * @param weights whose features, in a few words
   * @param layer the layer's name
   * @param command what made it, such as {@code jshell-scripts/run transfer}
   * @param test the test of a classifier on these features
   * @return the test of the layer
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

  /** What is compared: layers of the same weights, looked at in the same way. */
  String series() {
    return weights + ", " + protocol;
  }

  /** The share of right answers, and its interval, in percent. */
  double accuracy() {
    return 100 - 100 * top1().value();
  }

  double lowest() {
    return 100 - 100 * top1().high();
  }

  double highest() {
    return 100 - 100 * top1().low();
  }

  private ErrorRate top1() {
    return errors.top1();
  }

  /** Layer, weights, protocol and accuracy with its interval. */
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
