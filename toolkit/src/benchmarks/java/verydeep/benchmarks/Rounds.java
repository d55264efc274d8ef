package verydeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/**
 * Contestants in turn, round by round, so that a machine that slows down does so for all: each time
 * a JMH fork in which one contestant does one kind of work. Every other round goes backwards.
 */
final class Rounds {

  /** The system property of a fork that says where its contestant writes its versions. */
  static final String VERSIONS = "verydeep.benchmarks.versions";

  private final Class<?> benchmark;
  private final Path folder;
  private final TimeLimit limit;

  /** The folder is for logs. */
  Rounds(Class<?> benchmark, Path folder, TimeLimit limit) {
    this.benchmark = benchmark;
    this.folder = folder;
    this.limit = limit;
  }

  /**
   * One round, counted from 1. Of a benchmark that samples times there are three timings of each
   * contestant: the median, the 99th percentile, and the time divided by the number of clients. A
   * first round, of which nobody knows how long it takes, ends early when the time limit has
   * passed.
   *
   * @param work what is to be done; if it begins with "4 clients", four threads do it at once
   */
  List<Timing> run(String work, List<String> contestants, int round)
      throws IOException, RunnerException {
    List<String> order = new ArrayList<>(contestants);
    if (round % 2 == 0) {
      Collections.reverse(order);
    }
    List<Timing> timings = new ArrayList<>();
    for (String contestant : order) {
      if (round == 1 && !limit.allows(Duration.ZERO)) {
        System.out.println("no time for " + contestant);
        continue;
      }
      for (Timing one : fork(work, contestant, round)) {
        System.out.printf(
            Locale.ROOT,
            "%s, round %d: %s %.2f ms%n",
            one.work(),
            round,
            contestant,
            one.milliseconds());
        timings.add(one);
      }
    }
    return timings;
  }

  private List<Timing> fork(String work, String contestant, int round)
      throws IOException, RunnerException {
    Path log = folder.resolve("jmh.log");
    Path versions = folder.resolve("versions");
    try {
      RunResult result =
          new Runner(
                  new OptionsBuilder()
                      .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                      .param("work", work)
                      .param("contestant", contestant)
                      .forks(1)
                      .threads(clients(work))
                      .jvmArgsAppend(jvmOptions(versions))
                      .timeUnit(TimeUnit.MILLISECONDS)
                      .shouldFailOnError(true)
                      .output(log.toString())
                      .build())
              .runSingle();
      Timing.Setting setting = setting(Files.readString(versions));
      if (result.getParams().getMode() == Mode.SampleTime) {
        Statistics times = result.getPrimaryResult().getStatistics();
        return List.of(
            new Timing(work + ", median", contestant, round, times.getPercentile(50), setting),
            new Timing(
                work + ", 99th percentile", contestant, round, times.getPercentile(99), setting),
            new Timing(
                work + ", an image", contestant, round, times.getMean() / clients(work), setting));
      }
      return List.of(new Timing(work, contestant, round, median(result), setting));
    } catch (RunnerException e) {
      System.err.println(Files.readString(log));
      throw e;
    }
  }

  private static int clients(String work) {
    Matcher clients = Pattern.compile("^(\\d+) clients?\\b").matcher(work);
    return clients.find() ? Integer.parseInt(clients.group(1)) : 1;
  }

  /** Those that all have, those that the benchmark asks for, and the property. */
  private String[] jvmOptions(Path versions) {
    List<String> options = new ArrayList<>(Vectors.options());
    Fork fork = benchmark.getAnnotation(Fork.class);
    if (fork != null) {
      options.addAll(List.of(fork.jvmArgsAppend()));
    }
    options.add("-D" + VERSIONS + "=" + versions);
    return options.toArray(String[]::new);
  }

  private static double median(RunResult result) {
    return Spread.of(
            result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList())
        .median();
  }

  private static Timing.Setting setting(String versions) throws IOException {
    return new Timing.Setting(
        System.getenv("OMP_NUM_THREADS"),
        Processor.name(),
        Runtime.version().toString(),
        versions,
        LocalDate.now(ZoneOffset.UTC).toString());
  }
}
