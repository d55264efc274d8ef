package verydeep.internal.files;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Words in files of earlier versions that have since been replaced: a training state, a test or
 * features written with the old words remain valid and can be resumed.
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
   * Returns a text in today's words.
   *
   * @param text the text as stored in a file; may be null
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
   * Returns named texts in today's words.
   *
   * @param texts the texts as stored in a file
   * @return the names and texts in today's words
   */
  public static Map<String, String> renewed(Map<String, String> texts) {
    Map<String, String> renewed = new LinkedHashMap<>();
    texts.forEach((name, text) -> renewed.put(renewed(name), renewed(text)));
    return renewed;
  }
}
