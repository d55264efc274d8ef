package verydeep.data;

import java.nio.file.Path;
import verydeep.VerydeepException;

/**
 * Thrown when a file of boxes or labels is malformed. The message names the file, the line and the
 * reason.
 */
public final class UnreadableAnnotationException extends VerydeepException {
  private final transient Path file;

  /** The line, counted from 1; 0 if the file as a whole is meant. */
  private final int line;

  /** What is wrong, without the file's name. */
  private final String reason;

  UnreadableAnnotationException(Path file, int line, String reason, Throwable cause) {
    super(
        "Unreadable annotation " + file + (line > 0 ? ", line " + line : "") + ": " + reason,
        cause);
    this.file = file;
    this.line = line;
    this.reason = reason;
  }

  /** {@return the file; null after deserialization} */
  public Path file() {
    return file;
  }

  /** {@return the line, from 1; 0 if the file as a whole is meant} */
  public int line() {
    return line;
  }

  /** {@return what is wrong, without the file's name} */
  public String reason() {
    return reason;
  }
}
