package verydeep;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A file could not be read, fetched or written; the message names the file, the byte at which it
 * breaks the rules of its format, if that is why, and the reason.
 */
public final class FileException extends VerydeepException {

  private static final long serialVersionUID = 1L;
  private static final long NONE = -1;

  /** The byte at which the file breaks the rules; -1 if that is not why. */
  private final long offset;

  /**
   * Creates the exception.
   *
   * @param file which file
   * @param reason what is wrong with it
   */
  public FileException(Path file, String reason) {
    this(file, reason, null);
  }

  /**
   * Creates the exception.
   *
   * @param file which file
   * @param reason what is wrong with it
   * @param cause null if there is none
   */
  public FileException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
    this.offset = NONE;
  }

  /**
   * Creates the exception.
   *
   * @param file which file
   * @param offset the byte at which it breaks a rule of its format, from the file's beginning
   * @param reason which rule
   * @param cause null if there is none
   */
  public FileException(Path file, long offset, String reason, Throwable cause) {
    super(file + ": at byte " + offset + ": " + reason, cause);
    this.offset = offset;
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
