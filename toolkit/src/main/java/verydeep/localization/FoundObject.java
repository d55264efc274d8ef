package verydeep.localization;

import java.util.Locale;
import java.util.Objects;
import verydeep.data.BoundingBox;

/**
 * An object that a localizer found in an image of which nothing was known.
 *
 * @param className the class; empty for a network that predicts one box for any class
 * @param box the place, in pixels of the image
 * @param score the mean posterior of the class where the boxes came from that were merged into this
 *     one, from 0 to 1; NaN from a network for boxes alone, which gives none
 * @param places how many boxes were merged, 1 or more: the more, the more parts of the image agree
 */
public record FoundObject(String className, BoundingBox box, double score, int places) {

  /**
   * Checks that there is a box.
   *
   * @param className the class; empty for any
   * @param box the place, in pixels of the image
   * @param score from 0 to 1, or NaN
   * @param places how many boxes were merged
   */
  public FoundObject {
    Objects.requireNonNull(className, "className");
    Objects.requireNonNull(box, "box");
  }

  /** Returns such as {@code shoes at (10, 20) to (90, 120), 97.3%}. */
  @Override
  public String toString() {
    String what = className.isEmpty() ? "object" : className;
    String sure = Double.isNaN(score) ? "" : String.format(Locale.ROOT, ", %.1f%%", 100 * score);
    return what + " at " + box + sure;
  }
}
