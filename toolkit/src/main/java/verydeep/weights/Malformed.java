package verydeep.weights;

/** A file breaks a rule of its format, at a byte of it; readers name the file. */
final class Malformed extends Exception {

  private static final long serialVersionUID = 1L;

  private final long offset;

  Malformed(long offset, String reason) {
    super(reason);
    this.offset = offset;
  }

  long offset() {
    return offset;
  }
}
