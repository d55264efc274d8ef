package verydeep.examples;

/**
 * A block of Java in the documentation.
 *
 * @param page the file or the type that it stands in; the examples of a page share one JShell
 * @param heading the heading or the class that it stands under
 * @param line where its code begins, counted from 1
 * @param code what a reader would copy
 * @param reason why it is compiled but not run; empty if it is run
 */
record Example(String page, String heading, int line, String code, String reason) {

  /** Place of the example, by which its outcome is filed. */
  String id() {
    return page + ":" + line;
  }

  boolean isRun() {
    return reason.isEmpty();
  }

  @Override
  public String toString() {
    return id() + ", " + heading + (isRun() ? "" : " (compiled only: " + reason + ")");
  }
}
