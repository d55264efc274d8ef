package verydeep.data;

import java.nio.file.Path;

/**
 * An annotated box that cannot be used as it is, and what was done about it; or an image whose size
 * its annotation does not state.
 *
 * @param file the annotation file
 * @param line the line in the file, from 1
 * @param name the object's class; empty if the flaw is that no size is stated
 * @param reason what is wrong
 * @param kept true if the part inside the image, or the image's own size, is used; false if the
 *     object is left out
 */
public record BoxFlaw(Path file, int line, String name, String reason, boolean kept) {

  /** Returns the flaw as one line. */
  @Override
  public String toString() {
    if (name.isEmpty()) {
      return "%s:%d: %s; its own is used".formatted(file, line, reason);
    }
    return "%s:%d: %s: %s; %s"
        .formatted(file, line, name, reason, kept ? "cut to the image" : "left out");
  }
}
