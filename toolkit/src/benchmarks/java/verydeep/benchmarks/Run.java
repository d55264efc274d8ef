package verydeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.RunnerException;
import verydeep.internal.onednn.OneDnn;

/**
 * Runs one benchmark: {@code Run NAME}, where {@code training-step} means {@link TrainingStep}. Its
 * settings are system properties:
 *
 * <ul>
 *   <li>{@code rounds}: 5 by default, each followed by the table of all so far
 *   <li>{@code minutes}: what will not be done in this time is left out, {@link Schedule}
 *   <li>{@code work}: only the kinds of work whose names contain this, or one of several, separated
 *       by semicolons
 *   <li>{@code contestants}: only these, separated by semicolons; what is measured is then stored
 *       only where {@code out} says so
 *   <li>{@code out}: the CSV file, by default {@code docs/benchmarks/NAME.csv}; a chart of all that
 *       is in it is drawn beside it
 *   <li>{@code bits}: 256 lets all work on vectors of 256 bits, ours and those peers that can be
 *       told so, {@link Vectors}
 * </ul>
 */
final class Run {

  private Run() {}

  public static void main(String[] arguments) throws IOException, RunnerException {
    String name = arguments[0];
    Class<?> benchmark = benchmark(name);
    String only = System.getProperty("contestants");
    List<String> contestants = only == null ? all(benchmark) : List.of(only.split(";"));
    String part = System.getProperty("work", "");
    List<String> parts = List.of(part.split(";", -1));
    List<String> works =
        values(benchmark, "work").stream()
            .filter(work -> parts.stream().anyMatch(work::contains))
            .toList();
    if (works.isEmpty()) {
      throw new IllegalArgumentException(
          "work=" + part + " is in none of " + values(benchmark, "work"));
    }
    Path folder = Path.of("toolkit/target/benchmarks");
    Files.createDirectories(folder);
    boolean stored = only == null || System.getProperty("out") != null;
    Path file = Path.of(System.getProperty("out", "docs/benchmarks/" + name + ".csv"));
    TimeLimit limit = TimeLimit.given();
    Rounds rounds = new Rounds(benchmark, folder, limit);
    System.out.print(Processor.busy());
    List<Timing> timings = new ArrayList<>();
    List<Timing> whole = new ArrayList<>(); // without rounds that not all could take part in
    List<String> left =
        new Schedule(works, Integer.getInteger("rounds", 5), limit)
            .run(
                (work, round) -> {
                  List<Timing> these = rounds.run(work, contestants, round);
                  timings.addAll(these);
                  if (stored
                      && these.stream().map(Timing::contestant).distinct().count()
                          == contestants.size()) {
                    whole.addAll(these);
                    Results.write(file, whole);
                  }
                  List<Timing> its =
                      timings.stream().filter(one -> one.work().startsWith(work)).toList();
                  System.out.printf("%n%s%n", tables(contestants, its));
                });
    System.out.println("All rounds:\n");
    System.out.print(tables(contestants, timings));
    left.forEach(round -> System.out.println("no time for " + round));
    System.out.print(GrowthChart.powers(timings));
    if (!whole.isEmpty()) {
      draw(benchmark, file);
    }
  }

  /** All contestants that this processor lets take part. */
  private static List<String> all(Class<?> benchmark) {
    List<String> all = new ArrayList<>(values(benchmark, "contestant"));
    String missing = OneDnn.missing();
    if (!missing.isEmpty() && all.remove(Testing.BFLOAT)) {
      System.out.println("without " + Testing.BFLOAT + ": " + missing);
    }
    return all;
  }

  private static void draw(Class<?> benchmark, Path file) throws IOException {
    if (benchmark == Growth.class) {
      GrowthChart.draw(file);
    } else {
      RatioChart.draw(file);
    }
  }

  private static String tables(List<String> contestants, List<Timing> timings) {
    return Results.byWork(timings).entrySet().stream()
        .map(work -> Ratios.table(work.getKey(), contestants, work.getValue()))
        .collect(Collectors.joining());
  }

  private static Class<?> benchmark(String name) {
    String type =
        Arrays.stream(name.split("-"))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
    try {
      return Class.forName(Run.class.getPackageName() + "." + type);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("no benchmark '" + name + "': no class " + type, e);
    }
  }

  private static List<String> values(Class<?> benchmark, String parameter) {
    try {
      return List.of(benchmark.getDeclaredField(parameter).getAnnotation(Param.class).value());
    } catch (NoSuchFieldException e) {
      throw new IllegalArgumentException(benchmark + " has no @Param " + parameter, e);
    }
  }
}
