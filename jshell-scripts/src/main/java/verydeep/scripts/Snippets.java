package verydeep.scripts;

import static java.util.stream.Collectors.joining;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;

/** Runs snippets one by one and reports each error with its file and line. */
final class Snippets {

  private final JShell shell;
  private final Map<String, Place> places = new HashMap<>();

  Snippets(JShell shell) {
    this.shell = shell;
  }

  void run(String source, Place place) throws ScriptEnd {
    List<SnippetEvent> events = shell.eval(source);
    events.forEach(event -> places.putIfAbsent(event.snippet().id(), place));
    for (SnippetEvent event : events) {
      if (event.status() == Snippet.Status.REJECTED) {
        throw new ScriptEnd(1, rejection(event.snippet()) + unresolved());
      }
      if (event.exception() != null) {
        throw new ScriptEnd(1, new Trace(shell, places, place).text(event.exception()));
      }
    }
  }

  /** Reports declarations that still wait for a name: JShell allows the name to come later. */
  void end() throws ScriptEnd {
    String unresolved = unresolved();
    if (!unresolved.isEmpty()) {
      throw new ScriptEnd(1, unresolved.strip());
    }
  }

  private String rejection(Snippet snippet) {
    Place place = places.get(snippet.id());
    return shell
        .diagnostics(snippet)
        .filter(Diag::isError)
        .map(error -> error(error, place))
        .collect(joining("\n"));
  }

  private static String error(Diag error, Place place) {
    List<String> message =
        error
            .getMessage(Locale.ROOT)
            .lines()
            .filter(line -> !line.strip().startsWith("location:"))
            .toList();
    int at = (int) Math.max(0, error.getPosition());
    return place.line(at)
        + ": error: "
        + message.get(0)
        + place.quote(at)
        + message.stream().skip(1).map(line -> "\n" + line).collect(joining());
  }

  private String unresolved() {
    return shell
        .snippets()
        .filter(DeclarationSnippet.class::isInstance)
        .map(DeclarationSnippet.class::cast)
        .filter(snippet -> shell.unresolvedDependencies(snippet).findAny().isPresent())
        .map(
            snippet ->
                "\n%s: error: not defined anywhere: %s"
                    .formatted(
                        places.get(snippet.id()).line(),
                        shell.unresolvedDependencies(snippet).collect(joining(", "))))
        .collect(joining());
  }
}
