package verydeep.experiments;

import java.util.ArrayList;
import java.util.List;
import verydeep.evaluation.Comparison;
import verydeep.localization.Localization;

/** What each step of a series of tests gains over the one before it. */
public final class Steps {

  private Steps() {}

  /** The first of the others compared with the first test, and so on. */
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
