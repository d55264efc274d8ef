package verydeep.internal.jobs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import verydeep.VerydeepException;
import verydeep.internal.files.OlderWords;

/** Refuses parts of another job, network or arithmetic, or of other images, by name. */
final class SameJob {

  /** Between what has computed the pieces of a part, which may differ in the number of threads. */
  private static final String AND = " & ";

  private final Map<String, String> settings;
  private String arithmetic = "";

  SameJob(Map<String, String> settings) {
    this.settings = OlderWords.renewed(settings);
  }

  /**
   * Checks a file's settings.
   *
   * @throws VerydeepException if one differs; the message has both values of each
   */
  void check(Map<String, String> texts, Path file) {
    Map<String, String> there = OlderWords.renewed(texts);
    StringBuilder different = new StringBuilder();
    settings.forEach(
        (name, value) -> {
          String theirs = there.getOrDefault(name, "nothing");
          if (!form(value).equals(form(theirs))) {
            different.append("\n  ").append(name).append(": ").append(theirs);
            different.append(" in the file, ").append(value).append(" now");
          }
        });
    if (different.length() > 0) {
      throw new VerydeepException(
          file
              + " holds work with other settings, so this job cannot go on from it:"
              + different
              + "\nUse another folder, or the settings in the file.");
    }
  }

  /**
   * Checks what computed a part against the others: bits may depend on the form of the arithmetic
   * and on the width of vectors, not on the number of threads.
   *
   * @param by in a few words; empty if it is not known
   * @param part what was computed by it, for the message
   * @throws VerydeepException if it is another
   */
  void checkArithmetic(String by, String part) {
    if (by.isEmpty()) {
      return;
    }
    for (String one : by.split(AND, -1)) {
      String form = form(one);
      if (!arithmetic.isEmpty() && !form.equals(arithmetic)) {
        throw new VerydeepException(
            ("%s was computed by %s, other parts of the job by %s; the parts of one job need the"
                 + " same arithmetic and width of vectors. Delete what should be computed again.")
                .formatted(part, form, arithmetic));
      }
      arithmetic = form;
    }
  }

  /** The number of threads changes no bit. */
  private static String form(String arithmetic) {
    return arithmetic.replaceAll(", \\d+ threads?\\b", "");
  }

  /** Returns what computed some parts, each once. */
  static String arithmetics(List<? extends KeptPart<?>> parts) {
    return parts.stream()
        .map(KeptPart::arithmetic)
        .filter(by -> !by.isEmpty())
        .flatMap(by -> List.of(by.split(AND)).stream())
        .distinct()
        .collect(Collectors.joining(AND));
  }
}
