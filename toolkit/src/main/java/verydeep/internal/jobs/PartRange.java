package verydeep.internal.jobs;

import verydeep.VerydeepException;

/**
 * Which images one of a job's parts has.
 *
 * @param index the part's number, from 0
 * @param parts how many parts there are
 * @param from the index of its first image
 * @param to the index after the last; that of the first if it has none
 * @param size how many images the job has
 */
record PartRange(int index, int parts, int from, int to, int size) {

  /**
   * Returns the images of a part, as nearly as many as those of each other.
   *
   * @param grain the number at whose multiples parts begin
   * @throws VerydeepException if there is no such part
   */
  static PartRange of(int index, int parts, int size, int grain) {
    if (parts < 1 || index < 0 || index >= parts) {
      throw new VerydeepException(
          "There is no part %d of %d; parts are numbered from 0 to one less than their number."
              .formatted(index, parts));
    }
    return new PartRange(
        index, parts, begin(index, parts, size, grain), begin(index + 1, parts, size, grain), size);
  }

  /** Returns the index of a part's first image; after the last part, the number of images. */
  static int begin(int index, int parts, int size, int grain) {
    long groups = (size + grain - 1L) / grain;
    return (int) Math.min(size, index * groups / parts * grain);
  }

  boolean isEmpty() {
    return from == to;
  }

  /** Returns such as {@code part 2 of 40}. */
  String name() {
    return "part %d of %d".formatted(index, parts);
  }

  /** Returns which images it has. */
  @Override
  public String toString() {
    String which = isEmpty() ? "no images" : "images %d to %d".formatted(from, to - 1);
    return "%s: %s of %d".formatted(name(), which, size);
  }
}
