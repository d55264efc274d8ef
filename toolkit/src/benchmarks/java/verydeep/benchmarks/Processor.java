package verydeep.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import verydeep.device.Hardware;

/**
 * Which processor measures. Clouds call theirs "AMD EPYC" or "Intel(R) Xeon(R) Processor"; family
 * and model tell them apart.
 */
final class Processor {

  /** Flags of /proc/cpuinfo on which the speed of a contestant depends. */
  private static final List<String> FLAGS = List.of("avx2", "avx512f", "avx512_bf16", "amx_bf16");

  private Processor() {}

  /** This machine's. */
  static String name() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    return Files.isReadable(file)
        ? name(Hardware.processorName(), Files.readAllLines(file))
        : Hardware.processorName();
  }

  /** With family, model and vectors from the lines of /proc/cpuinfo, as far as they are there. */
  static String name(String model, List<String> cpuinfo) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String line : cpuinfo) {
      String[] parts = line.split("\\s*:\\s*", 2);
      if (parts.length == 2) {
        facts.putIfAbsent(parts[0], parts[1].strip());
      }
    }
    StringBuilder name = new StringBuilder(model);
    if (facts.containsKey("cpu family")) {
      name.append(", family ").append(facts.get("cpu family"));
      name.append(" model ").append(facts.get("model"));
    }
    List<String> flags = List.of(facts.getOrDefault("flags", "").split(" "));
    FLAGS.stream().filter(flags::contains).forEach(flag -> name.append(", ").append(flag));
    return name.toString();
  }

  /** What to say before measuring if others use the processors; empty if they are idle. */
  static String busy() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    double load = system.getSystemLoadAverage();
    return load < 0.5
        ? ""
        : String.format(
            Locale.ROOT,
            "The load of this machine is %.1f with %d processors: others use them too, so only the"
                + " ratios within a round count.%n",
            load,
            system.getAvailableProcessors());
  }
}
