package verydeep.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fenced blocks of Java in a page of Markdown. A comment in the line above a fence, {@code <!--
 * compile-only: REASON -->}, keeps the block from being run.
 */
final class MarkdownExamples {

  private static final Pattern FENCE =
      Pattern.compile("(\\s*)(`{3,}|~{3,})\\s*(\\S*)\\s*(.*?)\\s*");
  private static final Pattern HEADING = Pattern.compile("#+\\s+(.*)");
  private static final Pattern COMPILE_ONLY =
      Pattern.compile("\\s*<!--\\s*compile-only:\\s*(\\S.*?)\\s*-->\\s*");

  private MarkdownExamples() {}

  static List<Example> of(String page, String text) {
    List<Example> examples = new ArrayList<>();
    List<String> lines = text.lines().toList();
    String heading = "";
    String reason = "";
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        int end = end(lines, i + 1, fence.group(2));
        if (fence.group(3).equals("java")) {
          if (!fence.group(4).isEmpty()) {
            throw new IllegalArgumentException(
                "%s:%d: unknown words behind the language: %s"
                    .formatted(page, i + 1, fence.group(4)));
          }
          String code = code(lines.subList(i + 1, end), fence.group(1).length());
          examples.add(new Example(page, heading, i + 2, code, reason));
        }
        i = end;
        reason = "";
        continue;
      }
      Matcher title = HEADING.matcher(lines.get(i));
      if (title.matches()) {
        heading = title.group(1);
      }
      Matcher comment = COMPILE_ONLY.matcher(lines.get(i));
      reason = comment.matches() ? comment.group(1) : "";
    }
    return examples;
  }

  private static int end(List<String> lines, int from, String fence) {
    int end = from;
    while (end < lines.size() && !lines.get(end).strip().equals(fence)) {
      end++;
    }
    return end;
  }

  /** A block within a list is indented as its fence is. */
  private static String code(List<String> lines, int indentation) {
    StringBuilder code = new StringBuilder();
    for (String line : lines) {
      int blank = line.length() - line.stripLeading().length();
      code.append(line.substring(Math.min(indentation, blank))).append('\n');
    }
    return code.toString();
  }
}
