package verydeep.internal.files;

/** Thrown when a file violates its format at some byte; readers add the file's name. */
public final class Malformed extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 1000;

  private final long offset;

  /**
   * Creates the exception. The reason is cut, since it may contain names from the file, which may
   * be as long as the file.
   */
  public Malformed(long offset, String reason) {
    super(reason.length() > LONGEST ? reason.substring(0, LONGEST) + "..." : reason);
    this.offset = offset;
  }

  public long offset() {
    return offset;
  }

  /**
   * Returns the same for the file around the one that is malformed.
   *
   * @param part what the malformed part of the file is called
   * @param begin where it begins
   */
  public Malformed within(String part, long begin) {
    return new Malformed(begin, "At byte " + offset + " of " + part + ": " + getMessage());
  }
}
