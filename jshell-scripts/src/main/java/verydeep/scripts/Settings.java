package verydeep.scripts;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings of a script: the system properties that it reads.
 *
 * @param script the file's name
 * @param readers the method that reads each setting, by the setting's name
 */
record Settings(String script, Map<String, String> readers) {

  /** Matches where a script reads a setting; the method determines the allowed values. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(Integer\\.getInteger|Long\\.getLong|Boolean\\.getBoolean|System\\.getProperty)"
              + "\\(\\s*\"([^\"]+)\"");

  static Settings of(Place script) {
    Map<String, String> readers = new TreeMap<>();
    SETTING
        .matcher(script.text())
        .results()
        .forEach(found -> readers.putIfAbsent(found.group(2), found.group(1)));
    return new Settings(script.file().getFileName().toString(), readers);
  }

  /** Applies all settings, or ends the run with status 2. */
  void set(List<String> settings) throws ScriptEnd {
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 0) {
        throw new ScriptEnd(2, "'" + setting + "' is not of the form key=value\n" + list());
      }
      String key = setting.substring(0, equals);
      if (!readers.containsKey(key)) {
        throw new ScriptEnd(2, script + " has no setting '" + key + "'\n" + list());
      }
      String value = setting.substring(equals + 1);
      check(key, value);
      System.setProperty(key, value);
    }
  }

  private String list() {
    return readers.isEmpty()
        ? "this script has no settings"
        : "its settings: " + String.join(", ", readers.keySet());
  }

  /**
   * Checks a value, since the JDK's own readers silently use the default if the text is not a
   * number.
   */
  private void check(String key, String value) throws ScriptEnd {
    try {
      switch (readers.get(key)) {
        case "Integer.getInteger" -> Integer.decode(value);
        case "Long.getLong" -> Long.decode(value);
        case "Boolean.getBoolean" -> {
          if (!value.matches("true|false")) {
            throw new ScriptEnd(2, key + " must be true or false, not '" + value + "'");
          }
        }
        default -> {}
      }
    } catch (NumberFormatException e) {
      throw new ScriptEnd(2, key + " must be a whole number, not '" + value + "'");
    }
  }
}
