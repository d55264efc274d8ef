package verydeep.internal.report;

import java.awt.Font;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells which script a figure lacks a font for, once for each; its letters are drawn as boxes. */
final class MissingGlyphs {

  private static final Set<Character.UnicodeScript> TOLD = ConcurrentHashMap.newKeySet();

  private MissingGlyphs() {}

  static void tell(String text, Font font) {
    int at = font.canDisplayUpTo(text);
    if (at < 0) {
      return;
    }
    Character.UnicodeScript script = Character.UnicodeScript.of(text.codePointAt(at));
    if (TOLD.add(script)) {
      System.err.println(message(text, script));
    }
  }

  static String message(String text, Character.UnicodeScript script) {
    return ("verydeep: no font of this machine has the letters of \"%s\" (%s), which a figure shows"
            + " as boxes; install one that has, such as Debian's fonts-noto and"
            + " fonts-noto-cjk.")
        .formatted(text, script.name().toLowerCase(java.util.Locale.ROOT));
  }
}
