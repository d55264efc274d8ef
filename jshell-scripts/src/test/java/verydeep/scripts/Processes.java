package verydeep.scripts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes that run scripts, to their end. */
final class Processes {

  private Processes() {}

  /** What came of one. */
  record Result(int status, String out, String err) {}

  /** The repository's root, where tests of scripts run as scripts do. */
  static Path root() {
    return Path.of("").toAbsolutePath();
  }

  /** The start of a command that runs a script. */
  static List<String> launcher(Path imports, Path script) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-Xmx1g",
        "-cp",
        System.getProperty("java.class.path"),
        "verydeep.scripts.RunScript",
        imports.toString(),
        script.toString());
  }

  /** Runs one of our scripts in a folder. */
  static Result script(String name, Path folder, String... settings)
      throws IOException, InterruptedException {
    Path scripts = root().resolve("jshell-scripts");
    List<String> command =
        new ArrayList<>(
            launcher(scripts.resolve("startup/imports.jsh"), scripts.resolve(name + ".jsh")));
    command.addAll(List.of(settings));
    return await(new ProcessBuilder(command).directory(folder.toFile()), folder);
  }

  static Result await(ProcessBuilder builder, Path folder)
      throws IOException, InterruptedException {
    var out = folder.resolve("out").toFile();
    var err = folder.resolve("err").toFile();
    var process = builder.redirectOutput(out).redirectError(err).start();
    var status = process.waitFor();
    return new Result(status, Files.readString(out.toPath()), Files.readString(err.toPath()));
  }
}
