package verydeep.scripts;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs a script as {@code jshell} would, but with a proper exit status: 1 after a compile error or
 * an exception, each reported with file and line, 2 after wrong arguments, otherwise 0 or the
 * script's argument to {@code System.exit}.
 *
 * <p>Usage: {@code RunScript IMPORTS SCRIPT [key=value ...]}. The script runs in this JVM on its
 * main thread, with the JVM's own class path, options, standard streams and shutdown hooks.
 */
public final class RunScript {

  /** {@code /exit}, but not a comment. */
  private static final Pattern COMMAND = Pattern.compile("/[^/*]");

  private final SourceCodeAnalysis analysis;
  private final Snippets snippets;

  private RunScript(JShell shell) {
    analysis = shell.sourceCodeAnalysis();
    snippets = new Snippets(shell);
  }

  public static void main(String[] args) {
    System.exit(run(Path.of(args[0]), Path.of(args[1]), List.of(args).subList(2, args.length)));
  }

  private static int run(Path imports, Path script, List<String> settings) {
    try {
      Place beginning = beginning(script);
      Settings.of(beginning).set(settings);
      try (JShell shell = JShell.builder().executionEngine(new Here(), Map.of()).build()) {
        RunScript run = new RunScript(shell);
        run.feed(beginning(imports));
        run.feed(beginning);
        run.snippets.end();
      }
      return 0;
    } catch (ScriptEnd end) {
      System.out.flush();
      if (end.getMessage() != null) {
        System.err.println(end.getMessage());
      }
      return end.status;
    } catch (IOException e) {
      System.err.println(script + ": cannot be read: " + e);
      return 2;
    }
  }

  private static Place beginning(Path file) throws IOException {
    return new Place(file, Files.readString(file).replace("\r\n", "\n"), 0);
  }

  /**
   * Runs snippets in this JVM on the calling thread. Values are not printed, so none are computed.
   */
  private static final class Here implements ExecutionControlProvider {

    @Override
    public String name() {
      return "here";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return new DirectExecutionControl() {
        @Override
        protected String invoke(Method snippet) throws Exception {
          snippet.invoke(null);
          return "";
        }
      };
    }
  }

  /**
   * Runs a file line by line, as the tool does: what is complete at the end of a line runs at once.
   */
  private void feed(Place file) throws ScriptEnd {
    String text = file.text();
    int start = 0;
    int end = 0;
    while (end < text.length()) {
      int lineStart = end;
      int newline = text.indexOf('\n', end);
      end = newline < 0 ? text.length() : newline + 1;
      String line = text.substring(lineStart, end).strip();
      if (start == lineStart && COMMAND.matcher(line).lookingAt()) {
        obey(line, at(file, start));
        start = end;
      } else {
        start = evaluate(file, start, end);
      }
    }
    if (start < end) {
      throw at(file, start).error("the file ends before this is complete");
    }
  }

  private static Place at(Place file, int offset) {
    return new Place(file.file(), file.text(), offset);
  }

  /** Runs the complete snippets of text[start, end) and returns where the rest begins. */
  private int evaluate(Place file, int start, int end) throws ScriptEnd {
    int from = start;
    while (from < end) {
      CompletionInfo found = analysis.analyzeCompletion(file.text().substring(from, end));
      if (found.completeness() == Completeness.EMPTY) {
        return end;
      }
      if (!found.completeness().isComplete()) {
        return from;
      }
      snippets.run(found.source(), at(file, from));
      from = end - found.remaining().length();
    }
    return end;
  }

  private static void obey(String command, Place place) throws ScriptEnd {
    if (!command.matches("/exit(\\s+\\d+)?")) {
      throw place.error("/exit is the only JShell command that scripts may use");
    }
    String status = command.substring("/exit".length()).strip();
    throw new ScriptEnd(status.isEmpty() ? 0 : Integer.parseInt(status));
  }
}
