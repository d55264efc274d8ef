package verydeep.localization;

import java.util.Locale;
import verydeep.data.BoundingBox;

/**
 * A box that results from merging.
 *
 * @param label the class's index
 * @param box the mean of the merged boxes, in pixels of the image
 * @param score the sum of the class's scores at the places the boxes came from
 * @param boxes the number of merged boxes, 1 or more
 */
public record MergedBox(int label, BoundingBox box, double score, int boxes) {

  /** Returns the class, the box, the score, and the number of merged boxes. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "class %d at %s, score %.3f, of %d boxes", label, box, score, boxes);
  }
}
