package verydeep.scripts;

import java.util.regex.Pattern;
import verydeep.VerydeepException;
import verydeep.network.Configuration;

/**
 * A setting of a script: a system property that it reads.
 *
 * @param key its name
 * @param kind what its values are
 * @param standard its value unless another is given; empty if it depends on other things
 * @param meaning the comment where it is read; empty if there is none
 */
record Setting(String key, Kind kind, String standard, String meaning) {

  private static final Pattern LIST = Pattern.compile("\\d+(,\\d+)+");
  private static final Pattern DECIMAL = Pattern.compile("\\d*\\.\\d+");

  /** What values are allowed, in words. */
  enum Kind {
    WHOLE_NUMBER("a whole number"),
    NUMBER("a number, such as 0.5"),
    NUMBERS("whole numbers with commas between them"),
    SWITCH("true or false"),
    NETWORK("the name of a network"),
    TEXT("a text");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Of the method that reads a setting, and its default value where text is read. */
    static Kind of(String reader, String standard) {
      if (reader.startsWith("Configuration.of")) {
        return NETWORK;
      }
      if (reader.endsWith("getProperty")) {
        return LIST.matcher(standard).matches()
            ? NUMBERS
            : DECIMAL.matcher(standard).matches() ? NUMBER : TEXT;
      }
      return reader.endsWith("getBoolean") ? SWITCH : WHOLE_NUMBER;
    }
  }

  /** Ends the run if a value is not allowed: the JDK's own readers would use the default. */
  void check(String value) throws ScriptEnd {
    try {
      switch (kind) {
        case WHOLE_NUMBER -> Long.decode(value);
        case NUMBER -> Double.parseDouble(value);
        case NUMBERS -> {
          for (String one : value.split(",", -1)) {
            Integer.parseInt(one);
          }
        }
        case SWITCH -> {
          if (!value.matches("true|false")) {
            throw refused(value);
          }
        }
        case NETWORK -> Configuration.of(value);
        default -> {}
      }
    } catch (NumberFormatException e) {
      throw refused(value);
    } catch (VerydeepException e) {
      throw new ScriptEnd(2, key + "=" + value + ": " + e.getMessage());
    }
  }

  private ScriptEnd refused(String value) {
    return new ScriptEnd(2, key + " must be " + kind.words + ", not '" + value + "'");
  }

  /** Returns the setting with its default, as it is given: {@code epochs=24}. */
  String shown() {
    return key + "=" + standard;
  }

  /** Returns what it means, and what its values are. */
  String help() {
    return (meaning.isEmpty() ? "" : meaning + "; ") + kind.words;
  }
}
