package verydeep.classification;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import verydeep.VerydeepException;

/**
 * What a classifier says of one file among many.
 *
 * @param file the image
 * @param top the classes with the highest scores, the highest first, one or more
 */
public record ClassifiedImage(Path file, List<Classification.Score> top) {

  /**
   * Checks that there is a class.
   *
   * @param file the image
   * @param top the classes with the highest scores, the highest first, one or more
   */
  public ClassifiedImage {
    Objects.requireNonNull(file, "file");
    top = List.copyOf(top);
    if (top.isEmpty()) {
      throw new VerydeepException("The answer for " + file + " names no class.");
    }
  }

  /** {@return the class with the highest score} */
  public Classification.Score best() {
    return top.get(0);
  }

  /** Returns the file and its classes. */
  @Override
  public String toString() {
    return file
        + ": "
        + top.stream().map(Classification.Score::toString).collect(Collectors.joining(", "));
  }
}
