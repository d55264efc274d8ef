package verydeep.data;

import java.nio.file.Path;

/**
 * An annotated box that cannot be used as it is, and what was done about it.
 *
 * @param file the annotation file
 * @param line the line in the file, from 1
 * @param name the object's class
 * @param reason what is wrong with its box
 * @param kept true if the part inside the image is used, false if the object is left out
 */
public record BoxFlaw(Path file, int line, String name, String reason, boolean kept) {

  /** Returns the flaw as one line. */
  @Override
  public String toString() {
    return "%s:%d: %s: %s; %s"
        .formatted(file, line, name, reason, kept ? "cut to the image" : "left out");
  }
}
