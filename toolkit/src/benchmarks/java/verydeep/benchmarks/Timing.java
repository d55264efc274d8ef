package verydeep.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a contestant took in one round.
 *
 * @param work what was to be done
 * @param contestant who did it
 * @param round counted from 1
 * @param milliseconds for one unit of work, the median of the fork's iterations
 * @param setting where and with what
 */
record Timing(String work, String contestant, int round, double milliseconds, Setting setting) {

  static final String HEADER =
      "work,contestant,round,milliseconds,threads,processor,java,versions,date";

  private static final Pattern FIELD = Pattern.compile("(?:\"((?:[^\"]|\"\")*)\"|([^,]*))(?:,|$)");

  /**
   * What a time depends on beside the work.
   *
   * @param threads how many were allowed
   * @param processor the CPU's model
   * @param java the JVM's version
   * @param versions of the contestant's libraries
   * @param date of the measurement
   */
  record Setting(String threads, String processor, String java, String versions, String date) {}

  String csv() {
    return String.join(
        ",",
        quoted(work),
        quoted(contestant),
        "" + round,
        String.format(Locale.ROOT, "%.4f", milliseconds),
        setting.threads(),
        quoted(setting.processor()),
        quoted(setting.java()),
        quoted(setting.versions()),
        setting.date());
  }

  /** From a line of a file that {@link #csv} wrote. */
  static Timing of(String line) {
    List<String> fields = new ArrayList<>();
    Matcher matcher = FIELD.matcher(line);
    while (fields.size() < 9 && matcher.find()) {
      String quoted = matcher.group(1);
      fields.add(quoted == null ? matcher.group(2) : quoted.replace("\"\"", "\""));
    }
    return new Timing(
        fields.get(0),
        fields.get(1),
        Integer.parseInt(fields.get(2)),
        Double.parseDouble(fields.get(3)),
        new Setting(fields.get(4), fields.get(5), fields.get(6), fields.get(7), fields.get(8)));
  }

  /** As a field of a CSV file. */
  static String quoted(String text) {
    return text.matches("[^\",\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
