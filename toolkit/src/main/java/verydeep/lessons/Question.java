package verydeep.lessons;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A question with a number for an answer, and what wrong numbers tell about their authors. */
final class Question {

  /** What rounding a number by hand may change. */
  private static final double ROUNDING = 0.005;

  private final String name;
  private final String text;
  private final double right;
  private final Map<Double, String> hints = new LinkedHashMap<>();

  Question(String name, String text, double right) {
    this.name = name;
    this.text = text;
    this.right = right;
  }

  /** What to tell who answers this wrong number. */
  Question hint(double wrong, String hint) {
    hints.put(wrong, hint);
    return this;
  }

  String name() {
    return name;
  }

  String text() {
    return text;
  }

  double right() {
    return right;
  }

  Map<Double, String> hints() {
    return hints;
  }

  /**
   * Returns what to tell who answers a number; empty if it is right. A known wrong number is wrong,
   * even if it is so near that rounding might explain it.
   */
  Optional<String> mistake(double given) {
    if (!hints.containsKey(given) && isClose(given, right)) {
      return Optional.empty();
    }
    Optional<String> hint =
        hints.entrySet().stream()
            .filter(wrong -> isClose(given, wrong.getKey()))
            .min(Comparator.comparingDouble(wrong -> Math.abs(given - wrong.getKey())))
            .map(Map.Entry::getValue);
    return Optional.of(name + ": " + Numbers.of(given) + " is not right. " + hint.orElse(text));
  }

  /** Whole numbers up to a thousand are exact; others may be rounded. */
  private static boolean isClose(double one, double other) {
    boolean counted = other == Math.rint(other) && Math.abs(other) <= 1000;
    return counted ? one == other : Math.abs(one - other) <= ROUNDING * Math.abs(other);
  }
}
