package verydeep.localization;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import verydeep.VerydeepException;
import verydeep.data.BoundingBox;

/**
 * An image, what is true of it and what was said.
 *
 * @param file the image
 * @param label the index of its true class
 * @param truths the boxes of all its objects of that class, 1 or more, in pixels of the image
 * @param guesses what was said, the most confident first; any number
 */
public record LocalizedImage(
    Path file, int label, List<BoundingBox> truths, List<BoxGuess> guesses) {

  /**
   * Copies the lists and checks that there is an object.
   *
   * @param file the image
   * @param label the index of its true class
   * @param truths the boxes of all its objects of that class, 1 or more, in pixels of the image
   * @param guesses what was said, the most confident first; any number
   */
  public LocalizedImage {
    Objects.requireNonNull(file, "file");
    truths = List.copyOf(truths);
    guesses = List.copyOf(guesses);
    if (label < 0 || truths.isEmpty()) {
      throw new VerydeepException(
          "%s: a class from 0 on and a true box are needed; given are class %d and %d boxes"
              .formatted(file, label, truths.size()));
    }
  }

  /**
   * How well the right class was placed.
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

  /** Of a guess of any class with any of the objects. */
  private double iou(BoxGuess guess) {
    return truths.stream().mapToDouble(guess.box()::iou).max().orElse(0);
  }

  /**
   * Right or wrong by ILSVRC's rule, and why.
   *
   * @param threshold the intersection over union must be above it; ILSVRC's is 0.5
   * @return the outcome, of all guesses together
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

  /** The same with the most confident guesses alone. */
  LocalizedImage first(int most) {
    return new LocalizedImage(
        file, label, truths, guesses.subList(0, Math.min(most, guesses.size())));
  }
}
