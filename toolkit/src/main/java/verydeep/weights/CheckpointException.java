package verydeep.weights;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A checkpoint could not be read, fetched or written; the message names the file, the byte at which
 * it breaks the rules of its format, if that is why, and the reason.
 */
public final class CheckpointException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final long NONE = -1;

  private final long offset;

  CheckpointException(Path file, String reason) {
    this(file, reason, null);
  }

  /**
   * Creates the exception.
   *
   * @param file which file
   * @param reason what is wrong with it
   * @param cause null if there is none
   */
  public CheckpointException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
    this.offset = NONE;
  }

  CheckpointException(Path file, Malformed cause) {
    super(file + ": at byte " + cause.offset() + ": " + cause.getMessage(), cause);
    this.offset = cause.offset();
  }

  /**
   * Where the file breaks a rule of its format.
   *
   * @return the byte's offset from the file's beginning; empty if the file is not the reason
   */
  public OptionalLong offset() {
    return offset == NONE ? OptionalLong.empty() : OptionalLong.of(offset);
  }
}
