package verydeep.experiments;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import verydeep.VerydeepException;
import verydeep.data.TestViews;
import verydeep.data.TrainingScale;
import verydeep.evaluation.ErrorRates;
import verydeep.evaluation.Evaluation;
import verydeep.network.Configuration;
import verydeep.training.Training;

/**
 * One training among several that differ by seed or by network, with its tests: the record of it in
 * an experiment like that of section 4.1.
 *
 * @param network the configuration
 * @param width its channels as a fraction of the paper's
 * @param input the side of its input in pixels
 * @param start where its initial weights came from, in a word: {@code random}, {@code A}
 * @param seed the seed of all random draws
 * @param scale S, the training scale in pixels
 * @param epochs the number of completed epochs
 * @param bestEpoch the epoch whose weights were tested, counted from 1
 * @param validation the errors of that epoch
 * @param crop the center crop's errors on the test images
 * @param dense the dense test's errors on the test images
 * @param seconds the training time
 * @param command the command that made it
 * @param machine the machine it was made on
 * @param versions the versions of the libraries
 * @param tested the time of the test, to the second
 */
public record Trial(
    Configuration network,
    double width,
    int input,
    String start,
    long seed,
    TrainingScale scale,
    int epochs,
    int bestEpoch,
    ErrorRates validation,
    Test crop,
    Test dense,
    double seconds,
    String command,
    String machine,
    String versions,
    Instant tested) {

  /** The paper's three ways to train (section 3.1), as S over the side of the input. */
  private static final List<TrainingScale> PAPER =
      List.of(TrainingScale.fixed(256), TrainingScale.fixed(384), TrainingScale.jittered(256, 512));

  private static final double PAPER_INPUT = 224;

  /** The most that a small scale, a whole number of pixels, may differ from the paper's ratio. */
  private static final double CLOSE = 0.02;

  /**
   * A test at one scale.
   *
   * @param scale Q in pixels
   * @param errors the errors on the test images
   */
  public record Test(int scale, ErrorRates errors) {

    private static Test of(Evaluation evaluation) {
      int scale =
          evaluation
              .views()
              .map(TestViews::scales)
              .filter(scales -> scales.size() == 1)
              .orElseThrow(
                  () ->
                      new VerydeepException(
                          "A trial needs a test of a network at one scale; given is "
                              + evaluation.name()
                              + ", "
                              + evaluation.protocol()
                              + "."))
              .get(0);
      return new Test(scale, evaluation.errors());
    }
  }

  /**
   * Creates the trial of a finished training and the tests of its best network, made now on this
   * machine.
   *
   * @param training a training with at least one completed epoch
   * @param start where its initial weights came from, in a word
   * @param command the command that made it, such as {@code jshell-scripts/run depth seeds=3}
   * @param crop its test with a center crop
   * @param dense its dense test, at one scale
   * @return the trial
   */
  public static Trial of(
      Training training, String start, String command, Evaluation crop, Evaluation dense) {
    if (training.epochs().isEmpty()) {
      throw new VerydeepException("A trial needs a training with at least one completed epoch.");
    }
    var facts = training.best().provenance().facts();
    return new Trial(
        training.network().configuration(),
        training.network().width(),
        training.network().input(),
        start,
        Long.parseLong(facts.get("seed")),
        training.best().trainingScale().orElseThrow(),
        training.epochs().size(),
        training.bestEpoch(),
        training.epochs().get(training.bestEpoch() - 1).validation(),
        Test.of(crop),
        Test.of(dense),
        training.seconds(),
        command,
        Machine.name(),
        facts.get("versions"),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Returns the paper's training scale that this one corresponds to: S has the same ratio to the
   * input.
   *
   * @return S=256, S=384 or [256;512]; empty if no ratio is within 2%
   */
  public Optional<TrainingScale> paperScale() {
    return PAPER.stream()
        .filter(paper -> close(scale.smallest(), paper.smallest()))
        .filter(paper -> close(scale.largest(), paper.largest()))
        .findFirst();
  }

  private boolean close(int side, int papers) {
    return Math.abs(side / (double) input * PAPER_INPUT / papers - 1) < CLOSE;
  }

  /** Returns network, start, seed, and both errors. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "VGG %s from %s, %s, seed %d: top-1 error %.1f%% (center crop), %.1f%% (dense)",
        network.label(),
        start,
        scale,
        seed,
        100 * crop.errors().top1().value(),
        100 * dense.errors().top1().value());
  }
}
