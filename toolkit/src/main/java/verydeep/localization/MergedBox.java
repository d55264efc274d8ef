package verydeep.localization;

import java.util.Locale;
import verydeep.data.BoundingBox;

/**
 * A box that came out of merging.
 *
 * @param label the class's index
 * @param box the mean of the boxes that went in, in pixels of the image
 * @param score the sum of the class's scores at the places that they came from
 * @param boxes how many boxes went in, 1 or more
 */
public record MergedBox(int label, BoundingBox box, double score, int boxes) {

  /** Class, box, score, and how many boxes it was made of. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "class %d at %s, score %.3f, of %d boxes", label, box, score, boxes);
  }
}
