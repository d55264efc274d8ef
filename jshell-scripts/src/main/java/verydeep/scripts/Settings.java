package verydeep.scripts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import verydeep.scripts.Setting.Kind;

/**
 * The settings of a script, taken from where it reads them: {@code Integer.getInteger("epochs", 24)
 * // at most} is the setting {@code epochs}, a whole number, 24 by default. What is checked and
 * what {@code --help} prints both come from there.
 *
 * @param script the file's name
 * @param purpose the comment in its first line
 * @param all its settings by name, in the order in which they are read
 */
record Settings(String script, String purpose, Map<String, Setting> all) {

  /** Matches where a script reads a setting; the method and the default tell the values. */
  private static final Pattern READ =
      Pattern.compile(
          "((?:Configuration\\.of\\(\\s*)?"
              + "(?:Integer\\.getInteger|Long\\.getLong|Boolean\\.getBoolean|System\\.getProperty))"
              + "\\(\\s*\"([^\"]+)\"(?:,\\s*(?:\"([^\"]*)\"|(\\d+)))?");

  private static final Pattern COMMENT = Pattern.compile("[;{,.] // (.*)$");

  static Settings of(Place script) {
    Map<String, Setting> all = new LinkedHashMap<>();
    script.text().lines().forEach(line -> addTo(all, line));
    String purpose = script.text().lines().findFirst().orElse("").replaceFirst("^// *", "");
    return new Settings(script.file().getFileName().toString(), purpose, all);
  }

  /** A comment tells of the settings of its line, in their order, with semicolons between them. */
  private static void addTo(Map<String, Setting> all, String line) {
    List<MatchResult> reads = READ.matcher(line).results().toList();
    List<String> meanings =
        COMMENT
            .matcher(line)
            .results()
            .findFirst()
            .map(found -> List.of(found.group(1).split("; ", reads.size())))
            .orElse(List.of());
    for (int i = 0; i < reads.size(); i++) {
      MatchResult read = reads.get(i);
      String standard = read.group(3) != null ? read.group(3) : read.group(4);
      Kind kind = Kind.of(read.group(1), standard == null ? "" : standard);
      String shown = standard == null ? kind == Kind.SWITCH ? "false" : "" : standard;
      String meaning = i < meanings.size() ? meanings.get(i).strip() : "";
      all.putIfAbsent(read.group(2), new Setting(read.group(2), kind, shown, meaning));
    }
  }

  /** Applies all settings, or ends the run: with status 2 after a wrong one. */
  void set(List<String> given) throws ScriptEnd {
    if (given.contains("--help") || given.contains("-h")) {
      System.out.println(help());
      throw new ScriptEnd(0);
    }
    for (String setting : given) {
      int equals = setting.indexOf('=');
      if (equals < 0) {
        throw new ScriptEnd(2, "'" + setting + "' is not of the form key=value\n" + list());
      }
      String key = setting.substring(0, equals);
      if (!all.containsKey(key)) {
        throw new ScriptEnd(2, script + " has no setting '" + key + "'\n" + list());
      }
      String value = setting.substring(equals + 1);
      all.get(key).check(value);
      System.setProperty(key, value);
    }
  }

  private String list() {
    return all.isEmpty()
        ? "this script has no settings"
        : "its settings: " + String.join(", ", all.keySet().stream().sorted().toList());
  }

  /** Returns what the script does, and each setting with its default and its meaning. */
  String help() {
    String name = script.replaceFirst("\\.jsh$", "");
    List<String> lines = new ArrayList<>();
    lines.add("jshell-scripts/run " + name + (all.isEmpty() ? "" : " [key=value ...]"));
    lines.add(purpose);
    if (!all.isEmpty()) {
      lines.add("");
    }
    for (Setting setting : all.values()) {
      String shown = "  " + setting.shown();
      String help = "      " + setting.help();
      lines.add(shown.length() < 30 ? "%-30s%s".formatted(shown, help.strip()) : shown);
      if (shown.length() >= 30) {
        lines.add(" ".repeat(30) + help.strip());
      }
    }
    return String.join("\n", lines);
  }
}
