package verydeep.experiments;

import static verydeep.network.Configuration.A;
import static verydeep.network.Configuration.A_LRN;
import static verydeep.network.Configuration.B;
import static verydeep.network.Configuration.B_5X5;
import static verydeep.network.Configuration.C;
import static verydeep.network.Configuration.D;
import static verydeep.network.Configuration.E;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import verydeep.network.Configuration;

/** The claims of section 4.1, each for all comparable trials. */
final class Findings {

  /**
   * The points are from Table 3 at S=256; those of the 5x5 net, by a center crop, are from the
   * text.
   */
  private static final List<Claim> CLAIMS =
      List.of(
          new Claim("LRN does not help", A, A_LRN, false, 29.7 - 29.6),
          new Claim("13 layers beat 11", B, A, false, 29.6 - 28.7),
          new Claim("1x1 layers help", C, B, false, 28.7 - 28.1),
          new Claim("3x3 layers beat 1x1", D, C, false, 28.1 - 27.0),
          new Claim("16 layers beat 13", D, B, false, 28.7 - 27.0),
          new Claim("19 layers like 16", E, D, false, 27.0 - 27.3),
          new Claim("two 3x3 beat one 5x5", B, B_5X5, true, 7));

  private Findings() {}

  /** A claim that one network errs less than another. */
  private record Claim(
      String text, Configuration less, Configuration more, boolean crop, double paper) {

    Optional<Finding> finding(TrialGroup one, TrialGroup other) {
      return one.key().network() == less
              && other.key().network() == more
              && one.key().scale().equals(other.key().scale())
              && (one.key().start().equals(other.key().start()) || papersWay(one, other))
          ? Finding.of(text, one, other, crop, paper)
          : Optional.empty();
    }
  }

  /**
   * Returns whether a network started as in the paper: A and A-LRN from random weights, the deeper
   * ones from A.
   */
  private static boolean papersWay(TrialGroup... groups) {
    return List.of(groups).stream()
        .map(TrialGroup::key)
        .allMatch(
            key ->
                key.start().equals(key.network() == A || key.network() == A_LRN ? "random" : "A"));
  }

  private static Optional<Finding> jitter(TrialGroup one, TrialGroup other) {
    boolean apply =
        one.key().network() == other.key().network() && isJittered(one) && !isJittered(other);
    return apply
        ? Finding.of("jitter helps", one, other, false, other.paper() - one.paper())
        : Optional.empty();
  }

  private static boolean isJittered(TrialGroup group) {
    return group.key().scale().smallest() < group.key().scale().largest();
  }

  static List<Finding> of(List<Trial> trials) {
    List<TrialGroup> groups = TrialGroup.of(trials);
    List<Finding> findings = new ArrayList<>();
    for (Claim claim : CLAIMS) {
      for (TrialGroup one : groups) {
        groups.forEach(other -> claim.finding(one, other).ifPresent(findings::add));
      }
    }
    for (TrialGroup one : groups) {
      groups.forEach(other -> jitter(one, other).ifPresent(findings::add));
    }
    return findings;
  }
}
