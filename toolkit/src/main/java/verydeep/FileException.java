package verydeep;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Thrown when a file cannot be read, downloaded or written. The message names the file, the byte at
 * which it violates its format, if that is the cause, and the reason.
 */
public final class FileException extends VerydeepException {

  private static final long serialVersionUID = 1L;
  private static final long NONE = -1;

  /** The byte at which the file violates its format; -1 if that is not the cause. */
  private final long offset;

  /**
   * Creates the exception.
   *
   * @param file the file
   * @param reason what is wrong with it, a sentence
   */
  public FileException(Path file, String reason) {
    this(file, reason, null);
  }

  /**
   * Creates the exception.
   *
   * @param file the file
   * @param reason what is wrong with it, a sentence
   * @param cause the underlying exception; may be null
   */
  public FileException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
    this.offset = NONE;
  }

  /**
   * Creates the exception.
   *
   * @param file the file
   * @param offset the byte at which it violates its format, counted from the beginning of the file
   * @param reason the rule it violates, a sentence
   * @param cause the underlying exception; may be null
   */
  public FileException(Path file, long offset, String reason, Throwable cause) {
    super(file + ": at byte " + offset + ": " + reason, cause);
    this.offset = offset;
  }

  /**
   * Returns where the file violates its format.
   *
   * @return the byte's offset from the beginning of the file; empty if the file's contents are not
   *     the cause
   */
  public OptionalLong offset() {
    return offset == NONE ? OptionalLong.empty() : OptionalLong.of(offset);
  }
}
