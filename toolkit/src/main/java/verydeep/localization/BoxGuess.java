package verydeep.localization;

import java.util.Locale;
import java.util.Objects;
import verydeep.VerydeepException;
import verydeep.data.BoundingBox;

/**
 * That an image shows a class in a box.
 *
 * @param label the class's index
 * @param box where, in pixels of the image
 * @param score how sure, the higher the surer
 */
public record BoxGuess(int label, BoundingBox box, double score) {

  /**
   * Checks that there is a class, a box and a number.
   *
   * @param label the class's index
   * @param box where, in pixels of the image
   * @param score how sure, the higher the surer
   */
  public BoxGuess {
    Objects.requireNonNull(box, "box");
    if (label < 0 || Double.isNaN(score)) {
      throw new VerydeepException(
          "A guess is of a class from 0 on with a score; given are " + label + " and " + score);
    }
  }

  /** Class, box and score. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "class %d at %s, score %.3f", label, box, score);
  }
}
