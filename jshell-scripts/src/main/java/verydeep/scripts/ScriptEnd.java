package verydeep.scripts;

/** Ends a run before the script does: with a message after a mistake, without one after an exit. */
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
