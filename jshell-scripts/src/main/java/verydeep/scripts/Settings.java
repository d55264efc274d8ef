package verydeep.scripts;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a script's user may set: the system properties that the script reads.
 *
 * @param script the file's name
 * @param readers by the setting's name, the method that reads it
 */
record Settings(String script, Map<String, String> readers) {

  /** Where a script reads a setting: the method decides which values are taken. */
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

  /** Sets them all, or ends the run with a status of 2. */
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

  /** The JDK's own readers take the default in silence where the text is no number. */
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
