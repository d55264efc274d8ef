package verydeep.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import verydeep.evaluation.ErrorRate;

/**
 * What trials say of a claim that one network errs more than another: the difference of the two
 * seed by seed, so that what a seed does to both (the split, the net A that both started from)
 * falls out.
 *
 * @param claim in the paper's sense
 * @param less the trials that err less by the claim
 * @param more the trials that err more by the claim
 * @param measure the test, in words
 * @param paper by how many points they do in the paper
 * @param differences error of the one less that of the other, in points, a seed each
 */
record Finding(
    String claim,
    TrialGroup less,
    TrialGroup more,
    String measure,
    double paper,
    OverSeeds differences) {

  /** Empty if the two have no seed in common. */
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

  /** {@code A from A, S=73, less B from A, S=73}. */
  String compared() {
    return more.key().label() + ", less " + less.key().label();
  }

  /** On which side of 0 the interval is; undecided if on both, or if there is none. */
  String verdict() {
    if (differences.low() > 0) {
      return more.key().network().label() + " is worse";
    }
    return differences.high() < 0 ? more.key().network().label() + " is better" : "undecided";
  }
}
