package verydeep.experiments;

import java.util.ArrayList;
import java.util.List;
import verydeep.evaluation.Comparison;
import verydeep.localization.Localization;

/** What each test of a series gains over the previous one. */
public final class Steps {

  private Steps() {}

  /** Compares each test with the one before it. */
  public static Comparison[] of(Localization first, List<Localization> others) {
    List<Comparison> steps = new ArrayList<>();
    Localization before = first;
    for (Localization test : others) {
      steps.add(before.compareWith(test));
      before = test;
    }
    return steps.toArray(Comparison[]::new);
  }
}
