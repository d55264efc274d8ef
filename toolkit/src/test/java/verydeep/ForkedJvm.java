package verydeep;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM that runs one class of the tests, to be killed at any instant. */
public final class ForkedJvm {

  /** The JDK of the tests. */
  public static final Path OWN_JDK = Path.of(System.getProperty("java.home"));

  private ForkedJvm() {}

  /** Starts a class's {@code main}, its output in a file, as the last words of a command. */
  public static Process start(Class<?> main, Path output, List<String> wrapper, Object... arguments)
      throws IOException {
    return builder(OWN_JDK, main, output, List.of(), wrapper, arguments).start();
  }

  /** Starts a class's {@code main} on the toolkit's own kernels, its output in a file. */
  public static Process startKernels(Path jdk, Class<?> main, Path output, Object... arguments)
      throws IOException {
    // without the best compiler, each operation on a vector would take a microsecond
    List<String> options =
        List.of("-XX:TieredStopAtLevel=4", "--add-modules", "jdk.incubator.vector");
    return builder(jdk, main, output, options, List.of(), arguments).start();
  }

  /** Starts a class's {@code main} in a working folder, its output in a file. */
  public static Process startIn(Path folder, Class<?> main, Path output, Object... arguments)
      throws IOException {
    return builder(OWN_JDK, main, output, List.of(), List.of(), arguments)
        .directory(folder.toFile())
        .start();
  }

  /**
   * Starts a class's {@code main} in a heap of 192 MB taken whole at the start, so that what grows
   * is native memory; its output in a file.
   */
  public static Process startFlat(Class<?> main, Path output, Object... arguments)
      throws IOException {
    List<String> options = List.of("-Xms192m", "-Xmx192m", "-XX:+AlwaysPreTouch");
    ProcessBuilder builder = builder(OWN_JDK, main, output, options, List.of(), arguments);
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    return builder.start();
  }

  private static ProcessBuilder builder(
      Path jdk,
      Class<?> main,
      Path output,
      List<String> options,
      List<String> wrapper,
      Object... arguments) {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(
        List.of(
            jdk.resolve("bin/java").toString(),
            "-Xmx512m",
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
  }

  /** With absolute paths, since the working folder may be another one. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Kills a process some time after it has begun; false if it was faster.
   *
   * @param begun whether it is at work
   * @param millis how long it may work then
   * @param folder where it keeps what it has; null to kill it whether or not it saves
   */
  public static boolean kill(Process process, BooleanSupplier begun, int millis, Path folder)
      throws InterruptedException {
    while (process.isAlive() && !begun.getAsBoolean()) {
      Thread.sleep(5);
    }
    Thread.sleep(millis);
    while (folder != null && process.isAlive() && !isSaving(folder)) {
      Thread.onSpinWait();
    }
    if (!process.isAlive()) {
      return false;
    }
    process.destroyForcibly(); // SIGKILL
    return process.waitFor() != 0;
  }

  private static boolean isSaving(Path folder) {
    String[] names = folder.toFile().list();
    return names != null && Stream.of(names).anyMatch(name -> name.endsWith(".part"));
  }
}
