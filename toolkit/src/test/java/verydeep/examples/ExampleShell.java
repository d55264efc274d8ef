package verydeep.examples;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;

/** A JShell within this JVM that runs, or only compiles, the examples of a page one by one. */
final class ExampleShell implements AutoCloseable {

  private final JShell shell = JShell.builder().executionEngine("local").build();
  private int compiledOnly;

  /** A shell that has run this before, such as imports. */
  ExampleShell(String... before) {
    for (String code : before) {
      check(code);
    }
  }

  private void check(String code) {
    String failure = run(new Example("imports", "", 1, code, ""));
    if (!failure.isEmpty()) {
      shell.close();
      throw new IllegalStateException(failure);
    }
  }

  /**
   * Runs an example statement by statement, or compiles it.
   *
   * @return what is wrong with it, and in which line; empty if nothing is
   */
  String run(Example example) {
    return example.isRun() ? feed(example) : compile(example);
  }

  private String feed(Example example) {
    String code = example.code();
    int from = 0;
    while (from < code.length()) {
      CompletionInfo found = shell.sourceCodeAnalysis().analyzeCompletion(code.substring(from));
      if (found.completeness() == Completeness.EMPTY) {
        break;
      }
      if (found.completeness() == Completeness.DEFINITELY_INCOMPLETE) {
        return place(example, from) + "ends before this is complete";
      }
      String failure = evaluate(found.source(), example, from);
      if (!failure.isEmpty()) {
        return failure;
      }
      from = code.length() - found.remaining().length();
    }
    return "";
  }

  /** The body of a method is compiled when the method is declared; its names stay in it. */
  private String compile(Example example) {
    compiledOnly++;
    StringBuilder imports = new StringBuilder();
    StringBuilder body = new StringBuilder();
    example
        .code()
        .lines()
        .forEach(line -> (line.startsWith("import ") ? imports : body).append(line).append('\n'));
    String failure = feed(new Example(example.page(), "", example.line(), imports.toString(), ""));
    String method = "void compiledOnly%d() throws Exception {".formatted(compiledOnly);
    return failure.isEmpty() ? evaluate(method + body + "}", example, 0) : failure;
  }

  private String evaluate(String source, Example example, int offset) {
    for (SnippetEvent event : shell.eval(source)) {
      Snippet snippet = event.snippet();
      if (event.exception() != null) {
        return place(example, offset) + description(event.exception());
      }
      if (event.causeSnippet() == null && event.status() != Snippet.Status.VALID) {
        return errors(snippet, example, offset) + unresolved(snippet, example, offset);
      }
    }
    return "";
  }

  private String errors(Snippet snippet, Example example, int offset) {
    return shell
        .diagnostics(snippet)
        .filter(Diag::isError)
        .map(error -> place(example, offset) + oneLine(error.getMessage(Locale.ROOT)))
        .collect(joining("\n"));
  }

  /** JShell lets a declaration wait for names that may come later. */
  private String unresolved(Snippet snippet, Example example, int offset) {
    if (!(snippet instanceof DeclarationSnippet declaration)) {
      return "";
    }
    List<String> missing = shell.unresolvedDependencies(declaration).toList();
    return missing.isEmpty()
        ? ""
        : place(example, offset) + "not defined anywhere: " + String.join(", ", missing);
  }

  private static String place(Example example, int offset) {
    String code = example.code();
    int start = offset;
    while (start < code.length() && Character.isWhitespace(code.charAt(start))) {
      start++;
    }
    int line = (int) code.substring(0, start).chars().filter(c -> c == '\n').count();
    String text = code.substring(start).lines().findFirst().orElse("");
    return "%s:%d: %s%n    ".formatted(example.page(), example.line() + line, text);
  }

  private static String description(JShellException exception) {
    if (exception instanceof UnresolvedReferenceException unresolved) {
      return "needs what is not defined: " + unresolved.getSnippet().source();
    }
    StringBuilder text = new StringBuilder();
    for (Throwable e = exception; e != null; e = e.getCause()) {
      String type =
          e instanceof EvalException eval ? eval.getExceptionClassName() : e.getClass().getName();
      text.append(type).append(": ").append(e.getMessage());
      Arrays.stream(e.getStackTrace())
          .limit(6)
          .forEach(f -> text.append("\n        at ").append(f));
      text.append(e.getCause() == null ? "" : "\n    caused by ");
    }
    return text.toString();
  }

  private static String oneLine(String message) {
    return message.lines().map(String::strip).collect(joining("; "));
  }

  @Override
  public void close() {
    shell.close();
  }
}
