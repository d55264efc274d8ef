package verydeep.data;

import java.nio.file.Path;
import verydeep.VerydeepException;

/** A file of boxes is not what it should be. Names the file, the line and the reason. */
public final class UnreadableAnnotationException extends VerydeepException {
  private final transient Path file;

  /** Counted from 1; 0 if the file as a whole is meant. */
  private final int line;

  /** Without the file's name. */
  private final String reason;

  UnreadableAnnotationException(Path file, int line, String reason, Throwable cause) {
    super(
        "unreadable annotation " + file + (line > 0 ? ", line " + line : "") + ": " + reason,
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
