package verydeep.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a process that predicts some photos, and waits until it has; {@link Predicting} or Python.
 */
final class Starting implements Contestant {

  private final ProcessBuilder builder;
  private final String versions;

  Starting(String contestant, Path weights, String photos) {
    List<String> command = new ArrayList<>();
    if (contestant.equals("PyTorch")) {
      command.add(System.getProperty("verydeep.python", "python3"));
      command.add("toolkit/src/benchmarks/python/cold_start.py");
      versions = "Python";
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
              .filter(option -> option.startsWith("-X") || option.startsWith("--add-modules"))
              .toList());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(Predicting.class.getName());
      command.add(contestant.replaceFirst("verydeep(, )?", ""));
      versions = "Java " + Runtime.version().feature();
    }
    command.addAll(List.of(weights.toString(), photos));
    builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    if (contestant.startsWith("PyTorch")) {
      PeerEnvironment.set(builder.environment(), contestant);
    }
  }

  @Override
  public void step() {
    try {
      Process process = builder.start();
      String first = process.inputReader().readLine();
      process.destroyForcibly();
      if (first == null || !first.startsWith("predicted")) {
        throw new IllegalStateException(builder.command() + " says: " + first);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String versions() {
    return versions;
  }

  @Override
  public void close() {}
}
