package verydeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages have one style: sentences, with a capital and a full stop. */
class MessagesTest {

  private static final Pattern MESSAGE =
      Pattern.compile(
          "new (?:VerydeepException|FileException|Malformed)\\("
              + "\\s*\\(?(?:[\\w.]+(?:\\(\\))?,\\s*){0,2}" // the file and the byte
              + "(?<text>\"(?:\\\\.|[^\"\\\\])*\"(?:\\s*\\+\\s*\"(?:\\\\.|[^\"\\\\])*\")*)"
              + "\\s*(?<after>\\)|,|\\.formatted|\\+)");

  private static final Pattern LITERAL = Pattern.compile("\"((?:\\\\.|[^\"\\\\])*)\"");

  private static List<String> unlike(String source, String name) {
    List<String> found = new ArrayList<>();
    Matcher message = MESSAGE.matcher(source);
    while (message.find()) {
      StringBuilder text = new StringBuilder();
      Matcher literal = LITERAL.matcher(message.group("text"));
      while (literal.find()) {
        text.append(literal.group(1));
      }
      boolean whole = isWhole(source, message);
      boolean begins = text.toString().matches("(?s)(?:[A-Z0-9%(]|\\\\\"|oneDNN).*");
      boolean ends = text.toString().matches("(?s).*(?:[.?!]|%s)");
      if (!begins || (whole && !ends)) {
        found.add(name + ": " + text);
      }
    }
    return found;
  }

  /** Whether no more text follows: neither on literals nor on what they are formatted with. */
  private static boolean isWhole(String source, Matcher message) {
    if (!message.group("after").equals(".formatted")) {
      return !message.group("after").equals("+");
    }
    int open = 0;
    int at = message.end();
    do {
      open += source.charAt(at) == '(' ? 1 : source.charAt(at) == ')' ? -1 : 0;
      at++;
    } while (open > 0);
    return !source.substring(at).stripLeading().startsWith("+");
  }

  @Test
  void messagesAreSentences() throws IOException {
    List<String> found = new ArrayList<>();
    for (String module : List.of("toolkit", "jshell-scripts", "toolkit/spark")) {
      Path main = Repository.root().resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(main)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          found.addAll(unlike(Files.readString(file), file.getFileName().toString()));
        }
      }
    }
    assertThat(found).as("messages that are no sentences").isEmpty();
  }

  @Test
  void otherStylesAreFound() {
    assertThat(unlike("throw new VerydeepException(\"it is no image.\");", "A")).hasSize(1);
    assertThat(unlike("throw new FileException(file, \"It is no image\", e);", "A")).hasSize(1);
    assertThat(unlike("new Malformed(at, \"It has %d\".formatted(3));", "A")).hasSize(1);
    assertThat(unlike("new Malformed(\n    BEGIN,\n    \"it\"\n        + \"s end.\");", "A"))
        .containsExactly("A: its end.");
    assertThat(unlike("new VerydeepException(\"It is \" + x + \".\");", "A")).isEmpty();
    assertThat(unlike("new Malformed(\"It has %d\".formatted(f(3)) + \" ends.\");", "A")).isEmpty();
    assertThat(unlike("new VerydeepException(\"It is \\\"%s\\\".\".formatted(x));", "A")).isEmpty();
  }
}
