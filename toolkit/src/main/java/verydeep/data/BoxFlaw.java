package verydeep.data;

import java.nio.file.Path;

/**
 * A marked box that could not be used as it stands, and what was done.
 *
 * @param file the annotation
 * @param line where in it, from 1
 * @param name the object's class
 * @param reason what is wrong with its box
 * @param kept true if the part inside the image is used, false if the object was left out
 */
public record BoxFlaw(Path file, int line, String name, String reason, boolean kept) {

  /** One line. */
  @Override
  public String toString() {
    return "%s:%d: %s: %s; %s"
        .formatted(file, line, name, reason, kept ? "cut to the image" : "left out");
  }
}
