package verydeep.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One of those who do the same work, of whom a benchmark wants to know who is faster. */
public interface Contestant extends AutoCloseable {

  /** Does one unit of the work, and returns when it is done. */
  void step();

  /** Which libraries do the work: names and versions, separated by commas. */
  String versions();

  @Override
  void close();

  /** Tells the process that runs the rounds who is at work in this fork; for the set-up. */
  static Contestant ready(Contestant contestant) {
    String file = System.getProperty(Rounds.VERSIONS);
    if (file != null) {
      try {
        Files.writeString(Path.of(file), contestant.versions());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return contestant;
  }
}
