package verydeep.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A contestant whose versions also say how much memory its process has had at most, as far as the
 * system tells.
 */
record Weighed(Contestant contestant) implements Contestant {

  private static final Path STATUS = Path.of("/proc/self/status");

  @Override
  public void step() {
    contestant.step();
  }

  @Override
  public String versions() {
    if (!Files.isReadable(STATUS)) {
      return contestant.versions();
    }
    try {
      String kibibytes =
          Files.readAllLines(STATUS).stream()
              .filter(line -> line.startsWith("VmHWM:"))
              .map(line -> line.replaceAll("\\D", ""))
              .findFirst()
              .orElse("0");
      return contestant.versions() + ", at most " + Integer.parseInt(kibibytes) / 1024 + " MiB";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    contestant.close();
  }
}
