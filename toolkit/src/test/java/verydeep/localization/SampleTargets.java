package verydeep.localization;

import java.util.List;
import java.util.Optional;
import verydeep.internal.tasks.Targets;

/** Targets of boxes, for tests of other packages. */
public final class SampleTargets {

  private SampleTargets() {}

  /** Those of two images. */
  public static Targets two() {
    BoxTarget box = new BoxTarget(0.4, 0.5, 0.3, 0.2);
    return new BoxTargets(new int[] {0, 0}, List.of(Optional.of(box), Optional.of(box)));
  }
}
