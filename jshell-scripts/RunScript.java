import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs a script as {@code jshell} would, and exits as {@code jshell} does not: 1 after a compile
 * error or an exception, each named with file and line, 2 if it was called wrongly, else 0 or what
 * the script gave to {@code System.exit}.
 *
 * <p>Called as {@code RunScript IMPORTS SCRIPT [key=value ...]}. The script runs in this JVM, on
 * its main thread: class path, options, standard streams and shutdown hooks are simply the JVM's
 * own.
 */
final class RunScript {

  /** Where a script reads a setting: the type decides which values are taken. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(Integer\\.getInteger|Long\\.getLong|Boolean\\.getBoolean|System\\.getProperty)"
              + "\\(\\s*\"([^\"]+)\"");

  /** {@code /exit}, but no comment. */
  private static final Pattern COMMAND = Pattern.compile("/[^/*]");

  private final JShell shell;
  private final Map<String, Place> places = new HashMap<>();

  /** Where a snippet begins: at this offset of that file's text. */
  private record Place(Path file, String text, int offset) {

    /** {@code file:line} of the snippet's first word. */
    String line() {
      return line(leadingBlanks());
    }

    /** {@code file:line} of a position within the snippet. */
    String line(int position) {
      return file + ":" + number(position);
    }

    int number(int position) {
      return 1 + (int) text.substring(0, index(position)).chars().filter(c -> c == '\n').count();
    }

    /** The line of a position, with a mark under it. */
    String quote(int position) {
      var at = index(position == 0 ? leadingBlanks() : position);
      var from = text.lastIndexOf('\n', at - 1) + 1;
      var line = text.substring(from).lines().findFirst().orElse("");
      return "\n    " + line + "\n    " + " ".repeat(at - from) + "^";
    }

    private int index(int position) {
      return Math.min(text.length(), offset + position);
    }

    private int leadingBlanks() {
      var snippet = text.substring(offset);
      return snippet.length() - snippet.stripLeading().length();
    }
  }

  /** Ends the run: the message goes to standard error. */
  private static final class Failure extends Exception {
    private static final long serialVersionUID = 1;
    final int status;

    Failure(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  /** {@code /exit} in a script. */
  private static final class Exit extends Exception {
    private static final long serialVersionUID = 1;
    final int status;

    Exit(int status) {
      this.status = status;
    }
  }

  private RunScript(JShell shell) {
    this.shell = shell;
  }

  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    var script = Path.of(args[1]);
    try {
      set(script, List.of(args).subList(2, args.length));
      try (var shell = shell()) {
        var run = new RunScript(shell);
        run.feed(Path.of(args[0]));
        run.feed(script);
        var unresolved = run.unresolved();
        if (!unresolved.isEmpty()) {
          throw new Failure(1, unresolved.strip());
        }
      }
      return 0;
    } catch (Exit exit) {
      return exit.status;
    } catch (Failure failure) {
      System.out.flush();
      System.err.println(failure.getMessage());
      return failure.status;
    } catch (IOException e) {
      System.err.println(script + ": cannot be read: " + e);
      return 2;
    }
  }

  private static JShell shell() {
    return JShell.builder()
        .executionEngine(
            new ExecutionControlProvider() {
              @Override
              public String name() {
                return "here";
              }

              @Override
              public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
                return new Here();
              }
            },
            Map.of())
        .build();
  }

  /** Runs a snippet on the thread that asks; prints no value, so asks for none. */
  private static final class Here extends DirectExecutionControl {
    @Override
    protected String invoke(Method snippet) throws Exception {
      snippet.invoke(null);
      return "";
    }
  }

  private static void set(Path script, List<String> settings) throws IOException, Failure {
    var known = new TreeMap<String, String>();
    SETTING
        .matcher(Files.readString(script))
        .results()
        .forEach(m -> known.putIfAbsent(m.group(2), m.group(1)));
    for (var setting : settings) {
      var equals = setting.indexOf('=');
      var key = equals < 0 ? setting : setting.substring(0, equals);
      var value = setting.substring(equals + 1);
      if (equals < 0) {
        throw new Failure(2, "'%s' is not of the form key=value%n%s".formatted(key, list(known)));
      }
      if (!known.containsKey(key)) {
        throw new Failure(
            2, "%s has no setting '%s'%n%s".formatted(script.getFileName(), key, list(known)));
      }
      check(key, value, known.get(key));
      System.setProperty(key, value);
    }
  }

  private static String list(Map<String, String> known) {
    return known.isEmpty()
        ? "this script has no settings"
        : "its settings: " + String.join(", ", known.keySet());
  }

  /** The JDK's own readers take the default in silence where the text is no number. */
  private static void check(String key, String value, String reader) throws Failure {
    try {
      switch (reader) {
        case "Integer.getInteger" -> Integer.decode(value);
        case "Long.getLong" -> Long.decode(value);
        case "Boolean.getBoolean" -> {
          if (!value.matches("true|false")) {
            throw new Failure(2, "%s must be true or false, not '%s'".formatted(key, value));
          }
        }
        default -> {}
      }
    } catch (NumberFormatException e) {
      throw new Failure(2, "%s must be a whole number, not '%s'".formatted(key, value));
    }
  }

  /** Line by line, as the tool reads: what is complete at the end of a line runs at once. */
  private void feed(Path file) throws IOException, Failure, Exit {
    var text = Files.readString(file).replace("\r\n", "\n");
    var start = 0;
    var end = 0;
    while (end < text.length()) {
      var lineStart = end;
      var newline = text.indexOf('\n', end);
      end = newline < 0 ? text.length() : newline + 1;
      var line = text.substring(lineStart, end).strip();
      if (start == lineStart && COMMAND.matcher(line).lookingAt()) {
        obey(line, new Place(file, text, start));
        start = end;
      } else {
        start = evaluate(file, text, start, end);
      }
    }
    if (start < end) {
      var rest = new Place(file, text, start);
      throw new Failure(
          1, rest.line() + ": error: the file ends before this is complete" + rest.quote(0));
    }
  }

  /** Runs what is complete of text[start, end); returns where the rest begins. */
  private int evaluate(Path file, String text, int start, int end) throws Failure {
    var from = start;
    while (from < end) {
      var found = shell.sourceCodeAnalysis().analyzeCompletion(text.substring(from, end));
      if (found.completeness() == Completeness.EMPTY) {
        return end;
      }
      if (!found.completeness().isComplete()) {
        return from;
      }
      evaluate(found.source(), new Place(file, text, from));
      from = end - found.remaining().length();
    }
    return end;
  }

  private static void obey(String command, Place place) throws Exit, Failure {
    if (!command.matches("/exit(\\s+\\d+)?")) {
      throw new Failure(
          1,
          place.line() + ": error: of JShell's commands, scripts have only /exit" + place.quote(0));
    }
    var status = command.substring("/exit".length()).strip();
    throw new Exit(status.isEmpty() ? 0 : Integer.parseInt(status));
  }

  private void evaluate(String source, Place place) throws Failure {
    var events = shell.eval(source);
    for (var event : events) {
      places.putIfAbsent(event.snippet().id(), place);
    }
    for (var event : events) {
      if (event.status() == Snippet.Status.REJECTED) {
        throw new Failure(1, rejection(event.snippet()) + unresolved());
      }
      if (event.exception() != null) {
        throw new Failure(1, description(event.exception(), place));
      }
    }
  }

  private String rejection(Snippet snippet) {
    var place = places.get(snippet.id());
    return shell
        .diagnostics(snippet)
        .filter(Diag::isError)
        .map(
            error -> {
              var message =
                  error
                      .getMessage(Locale.ROOT)
                      .lines()
                      .filter(line -> !line.strip().startsWith("location:"))
                      .toList();
              var at = (int) Math.max(0, error.getPosition());
              return place.line(at)
                  + ": error: "
                  + message.get(0)
                  + place.quote(at)
                  + message.stream().skip(1).map(line -> "\n" + line).collect(joining());
            })
        .collect(joining("\n"));
  }

  /** JShell lets a declaration wait for a name that comes later; what still waits is a mistake. */
  private String unresolved() {
    return shell
        .snippets()
        .filter(DeclarationSnippet.class::isInstance)
        .map(DeclarationSnippet.class::cast)
        .filter(snippet -> shell.unresolvedDependencies(snippet).findAny().isPresent())
        .map(
            snippet ->
                "\n%s: error: not defined anywhere: %s"
                    .formatted(places.get(snippet.id()).line(), missing(snippet)))
        .collect(joining());
  }

  private String missing(DeclarationSnippet snippet) {
    return shell.unresolvedDependencies(snippet).collect(joining(", "));
  }

  private String description(JShellException exception, Place place) {
    if (exception instanceof UnresolvedReferenceException unresolved) {
      return "%s: error: this needs what is not defined: %s"
          .formatted(line(exception, place), missing(unresolved.getSnippet()));
    }
    var text = new StringBuilder(line(exception, place)).append(": ");
    var above = new StackTraceElement[0];
    for (Throwable e = exception; e != null; e = e.getCause()) {
      text.append(e == exception ? "" : "\nCaused by: ");
      text.append(
          e instanceof EvalException eval ? eval.getExceptionClassName() : e.getClass().getName());
      text.append(e.getMessage() == null ? "" : ": " + e.getMessage());
      var trace = e.getStackTrace();
      var shared = shared(trace, above);
      for (var frame : Arrays.asList(trace).subList(0, trace.length - shared)) {
        text.append("\n    at ").append(description(frame));
      }
      text.append(shared == 0 ? "" : "\n    ... " + shared + " more");
      above = trace;
    }
    return text.toString();
  }

  /** How many frames at the end are the same. */
  private static int shared(StackTraceElement[] trace, StackTraceElement[] above) {
    var count = 0;
    while (count < Math.min(trace.length, above.length)
        && trace[trace.length - 1 - count].equals(above[above.length - 1 - count])) {
      count++;
    }
    return count;
  }

  /** The innermost line of the script that the exception passed. */
  private String line(JShellException exception, Place place) {
    return Arrays.stream(exception.getStackTrace())
        .filter(this::isScript)
        .map(this::line)
        .findFirst()
        .orElse(place.line());
  }

  private String description(StackTraceElement frame) {
    if (!isScript(frame)) {
      return frame.toString();
    }
    var name =
        (frame.getClassName() + "." + frame.getMethodName())
            .replaceAll("^\\.|lambda\\$.*|\\.$", "");
    return name.isEmpty() ? line(frame) : "%s (%s)".formatted(name, line(frame));
  }

  /** JShell calls the file of snippet 7 "#7", and counts its lines from 1. */
  private boolean isScript(StackTraceElement frame) {
    return frame.getFileName() != null
        && frame.getFileName().startsWith("#")
        && places.containsKey(frame.getFileName().substring(1));
  }

  private String line(StackTraceElement frame) {
    var place = places.get(frame.getFileName().substring(1));
    return place.file + ":" + (place.number(0) + frame.getLineNumber() - 1);
  }
}
