package verydeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The CSV file of a benchmark, a line a measurement. */
final class Results {

  private Results() {}

  /** All timings of a file, in its order. */
  static List<Timing> read(Path file) throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(Timing::of).toList();
  }

  /** The timings of each kind of work, in the order in which the kinds first come. */
  static Map<String, List<Timing>> byWork(List<Timing> timings) {
    return timings.stream()
        .collect(
            Collectors.groupingBy(
                Timing::work, LinkedHashMap::new, Collectors.toUnmodifiableList()));
  }

  /** Puts timings in the place of the older ones of the same kinds of work. */
  static void write(Path file, List<Timing> timings) throws IOException {
    Set<String> works = byWork(timings).keySet();
    List<String> lines = new ArrayList<>();
    lines.add(Timing.HEADER);
    if (Files.exists(file)) {
      Files.readAllLines(file).stream()
          .skip(1)
          .filter(line -> !works.contains(Timing.of(line).work()))
          .forEach(lines::add);
    }
    works.forEach(work -> byWork(timings).get(work).forEach(one -> lines.add(one.csv())));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
  }
}
