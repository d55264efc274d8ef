package verydeep.internal.files;

/** A file breaks a rule of its format, at a byte of it; readers name the file. */
public final class Malformed extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 1000;

  private final long offset;

  /** A reason may have names from the file in it, which may be as long as the file. */
  public Malformed(long offset, String reason) {
    super(reason.length() > LONGEST ? reason.substring(0, LONGEST) + "..." : reason);
    this.offset = offset;
  }

  public long offset() {
    return offset;
  }
}
