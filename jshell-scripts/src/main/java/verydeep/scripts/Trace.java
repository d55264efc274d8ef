package verydeep.scripts;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Map;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.UnresolvedReferenceException;
import verydeep.VerydeepException;

/**
 * An exception of a script as text, with frames that refer to the script's own lines.
 *
 * @param places the places by the ids of their snippets
 * @param place the place of the snippet that ran
 */
record Trace(JShell shell, Map<String, Place> places, Place place) {

  String text(JShellException exception) {
    if (exception instanceof UnresolvedReferenceException unresolved) {
      return line(exception)
          + ": error: this needs what is not defined: "
          + shell.unresolvedDependencies(unresolved.getSnippet()).collect(joining(", "));
    }
    if (isOurs(exception)) {
      return line(exception) + ": " + exception.getMessage();
    }
    StringBuilder text = new StringBuilder(line(exception)).append(": ");
    StackTraceElement[] above = {};
    for (Throwable e = exception; e != null; e = e.getCause()) {
      text.append(e == exception ? "" : "\nCaused by: ");
      text.append(
          e instanceof EvalException eval ? eval.getExceptionClassName() : e.getClass().getName());
      text.append(e.getMessage() == null ? "" : ": " + e.getMessage());
      StackTraceElement[] trace = e.getStackTrace();
      int shared = shared(trace, above);
      for (StackTraceElement frame : Arrays.asList(trace).subList(0, trace.length - shared)) {
        text.append("\n    at ").append(frame(frame));
      }
      text.append(shared == 0 ? "" : "\n    ... " + shared + " more");
      above = trace;
    }
    return text.toString();
  }

  /**
   * Whether it is the toolkit's own, whose message says what was given and what is allowed: a slip
   * of the user's, which a stack trace would hide.
   */
  private static boolean isOurs(JShellException exception) {
    try {
      return exception instanceof EvalException eval
          && VerydeepException.class.isAssignableFrom(Class.forName(eval.getExceptionClassName()));
    } catch (ClassNotFoundException e) {
      return false; // declared by the script
    }
  }

  /** Returns how many frames at the end are equal. */
  private static int shared(StackTraceElement[] trace, StackTraceElement[] above) {
    int count = 0;
    while (count < Math.min(trace.length, above.length)
        && trace[trace.length - 1 - count].equals(above[above.length - 1 - count])) {
      count++;
    }
    return count;
  }

  /** Returns the innermost line of the script that the exception passed through. */
  private String line(JShellException exception) {
    return Arrays.stream(exception.getStackTrace())
        .filter(this::isScript)
        .map(this::line)
        .findFirst()
        .orElse(place.line());
  }

  private String frame(StackTraceElement frame) {
    if (!isScript(frame)) {
      return frame.toString();
    }
    String name =
        (frame.getClassName() + "." + frame.getMethodName())
            .replaceAll("^\\.|lambda\\$.*|\\.$", "");
    return name.isEmpty() ? line(frame) : name + " (" + line(frame) + ")";
  }

  /**
   * Returns the script's line for a frame: JShell calls the file of snippet 7 "#7" and counts its
   * lines from 1.
   */
  private boolean isScript(StackTraceElement frame) {
    return frame.getFileName() != null
        && frame.getFileName().startsWith("#")
        && places.containsKey(frame.getFileName().substring(1));
  }

  private String line(StackTraceElement frame) {
    Place snippet = places.get(frame.getFileName().substring(1));
    return snippet.file() + ":" + (snippet.number(0) + frame.getLineNumber() - 1);
  }
}
