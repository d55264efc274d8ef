package verydeep.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What comes of the rounds: each contestant's times, and its time divided by that of the first
 * contestant in the same round. A ratio above 1 says that the first one is faster.
 */
final class Ratios {

  private static final String ROW = "%-45s  %-49s  %9s  %19s  %6s  %13s%n";

  private Ratios() {}

  /**
   * A table of the contestants at one kind of work; the first one is what others are divided by.
   * Those that have not yet taken part are left out.
   */
  static String table(String work, List<String> contestants, List<Timing> timings) {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            ROW,
            "work",
            "contestant",
            "median ms",
            "from - to",
            "ratio",
            "from - to"));
    Map<Integer, Double> ours = times(contestants.get(0), timings);
    for (String contestant : contestants) {
      Map<Integer, Double> theirs = times(contestant, timings);
      theirs.keySet().retainAll(ours.keySet());
      if (theirs.isEmpty()) {
        continue;
      }
      Spread times = Spread.of(List.copyOf(theirs.values()));
      Spread ratios = spread(theirs, ours);
      table.append(
          String.format(
              Locale.ROOT,
              ROW,
              work,
              contestant,
              number(times.median()),
              number(times.smallest()) + " - " + number(times.largest()),
              String.format(Locale.ROOT, "%.2f", ratios.median()),
              String.format(Locale.ROOT, "%.2f - %.2f", ratios.smallest(), ratios.largest())));
    }
    return table.toString();
  }

  /** A contestant's ratio to ours, the median over the rounds that both took part in; else NaN. */
  static double of(String contestant, String ours, List<Timing> timings) {
    Map<Integer, Double> theirs = times(contestant, timings);
    Map<Integer, Double> own = times(ours, timings);
    theirs.keySet().retainAll(own.keySet());
    return theirs.isEmpty() ? Double.NaN : spread(theirs, own).median();
  }

  private static Spread spread(Map<Integer, Double> theirs, Map<Integer, Double> ours) {
    return Spread.of(theirs.keySet().stream().map(r -> theirs.get(r) / ours.get(r)).toList());
  }

  private static Map<Integer, Double> times(String contestant, List<Timing> timings) {
    Map<Integer, Double> times = new TreeMap<>();
    for (Timing one : timings) {
      if (one.contestant().equals(contestant)) {
        times.put(one.round(), one.milliseconds());
      }
    }
    return times;
  }

  private static String number(double milliseconds) {
    return String.format(Locale.ROOT, milliseconds < 10 ? "%.3f" : "%.1f", milliseconds);
  }
}
