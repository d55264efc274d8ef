package verydeep.localization;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import verydeep.VerydeepException;
import verydeep.data.BoundingBox;

/**
 * An image with its true boxes and the guesses for it.
 *
 * @param file the image
 * @param label the index of its true class
 * @param truths the boxes of all its objects of that class, 1 or more, in pixels of the image
 * @param guesses any number of guesses, most confident first
 */
public record LocalizedImage(Path file, int label, List<BoundingBox> truths, List<Guess> guesses) {

  /**
   * Copies the lists and checks that there is an object.
   *
   * @param file the image
   * @param label the index of its true class
   * @param truths the boxes of all its objects of that class, 1 or more, in pixels of the image
   * @param guesses any number of guesses, most confident first
   */
  public LocalizedImage {
    Objects.requireNonNull(file, "file");
    truths = List.copyOf(truths);
    guesses = List.copyOf(guesses);
    if (label < 0 || truths.isEmpty()) {
      throw new VerydeepException(
          "%s has class %d and %d true boxes; a class from 0 on and one box or more are needed."
              .formatted(file, label, truths.size()));
    }
  }

  /**
   * Returns how well the true class was placed.
   *
   * @return the largest intersection over union of a guess of the true class with any of its
   *     objects; 0 if no guess has the class
   */
  public double iou() {
    return guesses.stream()
        .filter(guess -> guess.label() == label)
        .mapToDouble(this::iou)
        .max()
        .orElse(0);
  }

  /** Returns the largest overlap of a guess of any class with any of the objects. */
  private double iou(Guess guess) {
    return truths.stream().mapToDouble(guess.box()::iou).max().orElse(0);
  }

  /**
   * Returns whether the image is right by ILSVRC's rule, and if not, why.
   *
   * @param threshold the intersection over union must be above it; ILSVRC's is 0.5
   * @return the outcome of all guesses together
   */
  public Outcome outcome(double threshold) {
    if (iou() > threshold) {
      return Outcome.RIGHT;
    }
    if (guesses.stream().anyMatch(guess -> guess.label() == label)) {
      return Outcome.WRONG_PLACE;
    }
    return guesses.stream().anyMatch(guess -> iou(guess) > threshold)
        ? Outcome.WRONG_CLASS
        : Outcome.WRONG_BOTH;
  }

  /** Returns the same of an image that is elsewhere now. */
  LocalizedImage at(Path other) {
    return new LocalizedImage(other, label, truths, guesses);
  }

  /** Returns a copy with only the most confident guesses. */
  LocalizedImage first(int most) {
    return new LocalizedImage(
        file, label, truths, guesses.subList(0, Math.min(most, guesses.size())));
  }

  /** Whether an image counts as right, and if not, why. */
  public enum Outcome {
    /** A guess has the true class and a box on one of its objects. */
    RIGHT("right"),

    /** A guess has the true class, but its box is on none of its objects. */
    WRONG_PLACE("class right, place wrong"),

    /** No guess has the true class, though a box of another class is on one of its objects. */
    WRONG_CLASS("place right, class wrong"),

    /** No guess has the true class, and no box is on one of its objects. */
    WRONG_BOTH("class and place wrong");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    /** Returns the outcome in words. */
    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * A guess that an image shows a class in a box.
   *
   * @param label the class's index
   * @param box the place, in pixels of the image
   * @param score the confidence; higher is more confident
   */
  public record Guess(int label, BoundingBox box, double score) {

    /**
     * Checks class, box and score.
     *
     * @param label the class's index
     * @param box the place, in pixels of the image
     * @param score the confidence; higher is more confident
     */
    public Guess {
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
}
