package verydeep.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Starts a process, waits until it prints a line that contains what is expected, and kills it. */
final class Starting implements Contestant {

  private final ProcessBuilder builder;
  private final String input;
  private final String expected;
  private final String versions;

  private Starting(
      String contestant, List<String> command, String input, String expected, String versions) {
    this.input = input;
    this.expected = expected;
    this.versions = versions;
    builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    if (contestant.startsWith("PyTorch")) {
      PeerEnvironment.set(builder.environment(), contestant);
    }
  }

  /** Predicts some photos by D: {@link Predicting}, or Python. */
  static Starting predicting(String contestant, Path weights, int photos) throws IOException {
    if (contestant.startsWith("PyTorch")) {
      return python(
          contestant,
          "predicted",
          "toolkit/src/benchmarks/python/cold_start.py",
          weights.toString(),
          "" + photos);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.startsWith("-X") || option.startsWith("--add-modules"))
            .toList());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Predicting.class.getName());
    command.add(contestant.replaceFirst("verydeep(, )?", ""));
    command.addAll(List.of(weights.toString(), "" + photos));
    return ours(command, "", "predicted");
  }

  /** Runs a command of ours, which reads the input as if it were typed. */
  static Starting ours(List<String> command, String input, String expected) {
    return new Starting("verydeep", command, input, expected, Versions.djl());
  }

  /** Runs Python with some arguments. */
  static Starting python(String contestant, String expected, String... arguments)
      throws IOException {
    String python = System.getProperty("verydeep.python", "python3");
    List<String> command = new ArrayList<>(List.of(python));
    Collections.addAll(command, arguments);
    return new Starting(contestant, command, "", expected, versions(python));
  }

  private static String versions(String python) throws IOException {
    String code =
        "import platform, torch;"
            + "print(f'PyTorch {torch.__version__}, Python {platform.python_version()}')";
    try (BufferedReader answer =
        new ProcessBuilder(python, "-c", code)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .inputReader()) {
      String line = answer.readLine();
      if (line == null) {
        throw new IOException(python + " has no PyTorch: see above.");
      }
      return line;
    }
  }

  @Override
  public void step() {
    try {
      Process process = builder.start();
      try (BufferedReader lines = process.inputReader()) {
        try (Writer typed = process.outputWriter()) {
          typed.write(input); // and closed: a shell without a terminal may wait for the end
        }
        String last = "";
        for (String line = lines.readLine(); !last.contains(expected); line = lines.readLine()) {
          if (line == null) {
            throw new IllegalStateException(builder.command() + " ends with: " + last);
          }
          last = line;
        }
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly); // a kernel, for one
        process.destroyForcibly();
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
