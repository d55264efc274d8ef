package verydeep.data;

import java.nio.file.Path;
import verydeep.VerydeepException;

/** A file is not a whole image of a known format. Names the file and the reason. */
public final class UnreadableImageException extends VerydeepException {
  private final transient Path file;

  /** Without the file's name. */
  private final String reason;

  /**
   * An image that cannot be used.
   *
   * @param file the file
   * @param reason why, without the file's name
   * @param cause what was thrown; may be null
   */
  public UnreadableImageException(Path file, String reason, Throwable cause) {
    super("unreadable image " + file + ": " + reason, cause);
    this.file = file;
    this.reason = reason;
  }

  /** {@return the file; null after deserialization} */
  public Path file() {
    return file;
  }

  /** {@return why it cannot be read, without the file's name} */
  public String reason() {
    return reason;
  }
}
