package verydeep.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of code in documentation comments, and in an overview page: what stands in {@code pre}
 * and, within it, in {@code @code}. ({@code @snippet} is newer than the JDK of the build.) A
 * comment above a block, {@code compile-only: REASON}, keeps it from being run; a block in another
 * language has that for its class, and is none of these.
 */
final class JavadocExamples {

  private static final Pattern COMMENT = Pattern.compile("/\\*\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern STARS = Pattern.compile("(?m)^[ \\t]*\\*(?!/) ?");
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:<!--\\s*compile-only:\\s*((?:(?!-->).)*?)\\s*-->\\s*)?<pre>\\s*\\{@code[ \\t]*\\n?",
          Pattern.DOTALL);

  private JavadocExamples() {}

  static List<Example> of(String page, String text) {
    if (page.endsWith(".html")) {
      return inComment(page, text, 1);
    }
    List<Example> examples = new ArrayList<>();
    for (Matcher comment = COMMENT.matcher(text); comment.find(); ) {
      int line = lineNumber(text, comment.start());
      String bare = STARS.matcher(comment.group()).replaceAll("");
      examples.addAll(inComment(page, bare, line));
    }
    return examples;
  }

  private static List<Example> inComment(String page, String comment, int firstLine) {
    List<Example> examples = new ArrayList<>();
    String type = page.substring(page.lastIndexOf('/') + 1, page.lastIndexOf('.'));
    for (Matcher block = BLOCK.matcher(comment); block.find(); ) {
      String code = comment.substring(block.end(), closingBrace(comment, block.end()));
      String reason = block.group(1) == null ? "" : block.group(1).replaceAll("\\s+", " ");
      int line = firstLine - 1 + lineNumber(comment, block.end());
      examples.add(new Example(page, type, line, code, reason));
    }
    return examples;
  }

  /** Where {@code @code} ends: braces within it are in pairs. */
  private static int closingBrace(String text, int from) {
    int depth = 1;
    int at = from;
    while (at < text.length()) {
      depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
      if (depth == 0) {
        break;
      }
      at++;
    }
    return at;
  }

  private static int lineNumber(String text, int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }
}
