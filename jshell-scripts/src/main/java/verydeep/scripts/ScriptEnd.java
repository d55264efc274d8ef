package verydeep.scripts;

/** Ends a run early: with a message after an error, without one after an exit. */
final class ScriptEnd extends Exception {

  private static final long serialVersionUID = 1;

  final int status;

  /** After {@code /exit}. */
  ScriptEnd(int status) {
    this.status = status;
  }

  ScriptEnd(int status, String message) {
    super(message);
    this.status = status;
  }
}
