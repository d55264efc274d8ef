package verydeep.internal.files;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Words that files of earlier versions have where later ones have others: a state, a test or
 * features that were written with the old words are the same work, and go on.
 */
public final class OlderWords {

  private static final String[][] PAIRS = {
    {"pictures", "images"},
    {"picture", "image"},
    {"not mirrored", "not flipped"},
    {"mirrored", "flipped"},
    {"centre", "center"},
    {"colour", "color"},
    {"localiser", "localizer"},
    {"no look", "no view"},
    {"the commonest class", "majority class"},
  };

  private OlderWords() {}

  /**
   * A text in today's words.
   *
   * @param text as a file has it; may be null
   * @return the text with today's words; null for null
   */
  public static String renewed(String text) {
    String renewed = text;
    for (String[] pair : PAIRS) {
      renewed = renewed == null ? null : renewed.replace(pair[0], pair[1]);
    }
    return renewed;
  }

  /**
   * Named texts in today's words.
   *
   * @param texts as a file has them
   * @return names and texts in today's words
   */
  public static Map<String, String> renewed(Map<String, String> texts) {
    Map<String, String> renewed = new LinkedHashMap<>();
    texts.forEach((name, text) -> renewed.put(renewed(name), renewed(text)));
    return renewed;
  }
}
