package verydeep.weights;

import java.nio.file.Path;

/** A checkpoint could not be read or written; the message names the file and the reason. */
public final class CheckpointException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CheckpointException(Path file, String reason) {
    super(file + ": " + reason);
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
  }
}
