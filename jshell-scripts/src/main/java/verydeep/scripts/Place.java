package verydeep.scripts;

import java.nio.file.Path;

/**
 * The place where a snippet begins.
 *
 * @param text the text of the whole file
 * @param offset the offset into that text
 */
record Place(Path file, String text, int offset) {

  /** Returns {@code file:line} of the snippet's first word. */
  String line() {
    return line(leadingBlanks());
  }

  /** Returns {@code file:line} of a position within the snippet. */
  String line(int position) {
    return file + ":" + number(position);
  }

  /** Returns the line of a position, counted from 1. */
  int number(int position) {
    return 1 + (int) text.substring(0, index(position)).chars().filter(c -> c == '\n').count();
  }

  /** Returns an error at the snippet's first word. */
  ScriptEnd error(String message) {
    return new ScriptEnd(1, line() + ": error: " + message + quote(leadingBlanks()));
  }

  /** Returns the line of a position with a mark under it. */
  String quote(int position) {
    int at = index(position == 0 ? leadingBlanks() : position);
    int from = text.lastIndexOf('\n', at - 1) + 1;
    String line = text.substring(from).lines().findFirst().orElse("");
    return "\n    " + line + "\n    " + " ".repeat(at - from) + "^";
  }

  private int index(int position) {
    return Math.min(text.length(), offset + position);
  }

  private int leadingBlanks() {
    String snippet = text.substring(offset);
    return snippet.length() - snippet.stripLeading().length();
  }
}
