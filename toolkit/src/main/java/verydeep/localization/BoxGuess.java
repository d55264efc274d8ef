package verydeep.localization;

import java.util.Locale;
import java.util.Objects;
import verydeep.VerydeepException;
import verydeep.data.BoundingBox;

/**
 * A guess that an image shows a class in a box.
 *
 * @param label the class's index
 * @param box the place, in pixels of the image
 * @param score the confidence; higher is more confident
 */
public record BoxGuess(int label, BoundingBox box, double score) {

  /**
   * Checks class, box and score.
   *
   * @param label the class's index
   * @param box the place, in pixels of the image
   * @param score the confidence; higher is more confident
   */
  public BoxGuess {
    Objects.requireNonNull(box, "box");
    if (label < 0 || Double.isNaN(score)) {
      throw new VerydeepException(
          "A guess needs a class from 0 on and a score; given are "
              + label
              + " and "
              + score
              + ".");
    }
  }

  /** Returns class, box and score. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "class %d at %s, score %.3f", label, box, score);
  }
}
