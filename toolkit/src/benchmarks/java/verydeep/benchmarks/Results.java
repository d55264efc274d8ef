package verydeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The CSV file of a benchmark, a line a measurement. */
final class Results {

  private Results() {}

  /** All timings of a file, in its order. */
  static List<Timing> read(Path file) throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(Timing::of).toList();
  }

  /** Puts the timings of one kind of work in the place of the older ones of the same work. */
  static void write(Path file, String work, List<Timing> timings) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(Timing.HEADER);
    if (Files.exists(file)) {
      Files.readAllLines(file).stream()
          .skip(1)
          .filter(line -> !line.startsWith(Timing.quoted(work) + ","))
          .forEach(lines::add);
    }
    timings.forEach(one -> lines.add(one.csv()));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
  }
}
