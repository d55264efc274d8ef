package verydeep.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import verydeep.evaluation.ErrorRate;

/**
 * The evidence of trials for a claim that one network errs more than another: the difference of the
 * two seed by seed, so the effects of a seed on both (the split, the net A that both started from)
 * cancel.
 *
 * @param claim in the paper's sense
 * @param less the trials that err less by the claim
 * @param more the trials that err more by the claim
 * @param measure the test, in words
 * @param paper the difference in the paper, in points
 * @param differences the error of one minus that of the other, in points, one per seed
 */
record Finding(
    String claim,
    TrialGroup less,
    TrialGroup more,
    String measure,
    double paper,
    OverSeeds differences) {

  /** In points: what is left of equal differences by rounding. */
  private static final double NO_WIDTH = 1e-6;

  /** Returns the finding; empty if the two have no seed in common. */
  static Optional<Finding> of(
      String claim, TrialGroup less, TrialGroup more, boolean crop, double paper) {
    Function<Trial, ErrorRate> error = crop ? TrialGroup::crop : TrialGroup::dense;
    List<Double> differences = new ArrayList<>();
    for (Trial one : less.trials()) {
      for (Trial other : more.trials()) {
        if (one.seed() == other.seed()) {
          differences.add(100 * (error.apply(other).value() - error.apply(one).value()));
        }
      }
    }
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                claim,
                less,
                more,
                crop ? "center crop" : "dense",
                paper,
                new OverSeeds(differences)));
  }

  /** Returns {@code A from A, S=73, less B from A, S=73}. */
  String compared() {
    return more.key().label() + ", less " + less.key().label();
  }

  /**
   * Returns the side of 0 that the interval is on; undecided if it contains 0 or does not exist, or
   * has no width, since seeds that agree by chance say nothing of others.
   */
  String verdict() {
    if (differences.high() - differences.low() < NO_WIDTH) {
      return "undecided";
    }
    if (differences.low() > 0) {
      return more.key().network().label() + " is worse";
    }
    return differences.high() < 0 ? more.key().network().label() + " is better" : "undecided";
  }
}
