package verydeep.data;

import java.nio.file.Path;
import verydeep.VerydeepException;

/**
 * Thrown when a file is not a complete image of a known format. The message names the file and the
 * reason.
 */
public final class UnreadableImageException extends VerydeepException {
  private final transient Path file;

  /** Why it cannot be read, without the file's name. */
  private final String reason;

  /**
   * Creates the exception.
   *
   * @param file the file
   * @param reason why the file cannot be read, a sentence without the file's name
   * @param cause the underlying exception; may be null
   */
  public UnreadableImageException(Path file, String reason, Throwable cause) {
    super("Unreadable image " + file + ": " + reason, cause);
    this.file = file;
    this.reason = reason;
  }

  /**
   * Creates the exception for an image that may come from no file.
   *
   * @param name what the image is called
   * @param reason why it cannot be read, a sentence without the name
   * @param cause the underlying exception; may be null
   */
  public UnreadableImageException(String name, String reason, Throwable cause) {
    super("Unreadable image " + name + ": " + reason, cause);
    this.file = null;
    this.reason = reason;
  }

  /** {@return the file; null if the image came from none, and after deserialization} */
  public Path file() {
    return file;
  }

  /** {@return why it cannot be read, without the file's name} */
  public String reason() {
    return reason;
  }
}
