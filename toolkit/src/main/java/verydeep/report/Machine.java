package verydeep.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this program runs on, as far as the last digits of a training depend on it. */
final class Machine {

  private static final Path LINUX = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** The processor's model and how many cores and threads there are to compute with. */
  static String name() {
    String threads = System.getenv("OMP_NUM_THREADS");
    return model()
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores"
        + (threads == null ? "" : ", OMP_NUM_THREADS=" + threads);
  }

  private static String model() {
    if (Files.isReadable(LINUX)) {
      try (var lines = Files.lines(LINUX)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElseGet(Machine::architecture);
      } catch (IOException e) {
        return architecture();
      }
    }
    return architecture();
  }

  private static String architecture() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }
}
