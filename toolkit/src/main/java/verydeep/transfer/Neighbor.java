package verydeep.transfer;

import java.nio.file.Path;
import java.util.Locale;

/**
 * One of the images most like a given one.
 *
 * @param index its index among the features
 * @param file its file
 * @param className its class
 * @param similarity the cosine of the angle between the vectors: 1 for the same direction; not
 *     below 0 for layers after a ReLU
 */
public record Neighbor(int index, Path file, String className, double similarity) {

  /** Returns such as {@code 0.87 photos/cat/12.jpg (cat)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f %s (%s)", similarity, file, className);
  }
}
