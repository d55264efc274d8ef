package verydeep.scripts;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.module.ModuleFinder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts scripts, the shell and the notebooks with nothing but a JDK (and Python, for notebooks):
 * no POSIX shell, no fork. The .cmd files call it; elsewhere the shell files do the same work. It
 * is run from its source, before anything is built, so it uses no other class.
 *
 * <p>Usage: {@code java Launch.java ROOT run NAME [key=value ...]}, or {@code shell}, or {@code
 * notebooks}.
 */
public final class Launch {

  private static final boolean WINDOWS = File.separatorChar == '\\';
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
  private static final Path SPARK_LIBRARIES = Path.of("toolkit/spark/target/spark-class-path");

  /** Of the JVM that compiles the shell's snippets, which is soon done. */
  static final String COMPILER_OPTION = "-J-XX:TieredStopAtLevel=1";

  private static final String INCUBATOR = "WARNING: Using incubator modules: ";

  private final Path root;

  Launch(Path root) {
    this.root = root;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> words = List.of(arguments);
    String what = words.size() < 2 ? "" : words.get(1);
    if (!List.of("run", "shell", "notebooks").contains(what)) {
      throw end("Give the root of the repository, and run NAME, shell or notebooks.");
    }
    if (ModuleFinder.ofSystem().find("jdk.jshell").isEmpty()) {
      throw end("Java in " + JAVA_HOME + " has no JShell: a full JDK is needed, not a JRE.");
    }
    Launch launch = new Launch(Path.of(words.get(0)).toAbsolutePath().normalize());
    List<String> rest = words.subList(2, words.size());
    launch.build();
    System.exit(
        switch (what) {
          case "run" -> launch.script(rest);
          case "shell" -> launch.shell(rest);
          default -> launch.notebooks(rest);
        });
  }

  private static RuntimeException end(String message) {
    System.err.println(message);
    System.exit(2);
    return new IllegalStateException(message);
  }

  // --- What is built.

  private String version() throws IOException {
    return Files.readString(root.resolve("pom.xml"))
        .replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");
  }

  private Path scriptsJar() throws IOException {
    return Path.of("jshell-scripts/target/scripts-" + version() + ".jar");
  }

  private Path toolkitJar() throws IOException {
    return Path.of("toolkit/target/toolkit-" + version() + ".jar");
  }

  private Path sparkJar() throws IOException {
    return Path.of("toolkit/spark/target/toolkit-spark-" + version() + ".jar");
  }

  private String classPath(String... afterToolkit) throws IOException {
    List<String> all = new ArrayList<>(List.of(scriptsJar().toString(), toolkitJar().toString()));
    all.addAll(List.of(afterToolkit));
    all.add(Path.of("toolkit/target/lib") + File.separator + "*");
    return String.join(File.pathSeparator, all);
  }

  /** Whether a jar, or another file that is built with it, is missing or older than a source. */
  private boolean isOld(Path jar, Path other, String... sources) throws IOException {
    if (!Files.exists(root.resolve(jar)) || !Files.exists(root.resolve(other))) {
      return true;
    }
    long built = Files.getLastModifiedTime(root.resolve(jar)).toMillis();
    for (String source : sources) {
      try (Stream<Path> files = Files.walk(root.resolve(source))) {
        if (files.anyMatch(file -> file.toFile().lastModified() > built)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Maven on the PATH; the wrapper, which fetches it first, if there is none. */
  private String maven() {
    String name = WINDOWS ? "mvn.cmd" : "mvn";
    String path = System.getenv().getOrDefault("PATH", "");
    boolean installed =
        Arrays.stream(path.split(File.pathSeparator, -1))
            .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, name)));
    return installed ? name : root.resolve(WINDOWS ? "mvnw.cmd" : "mvnw").toString();
  }

  private void build() throws IOException, InterruptedException {
    if (isOld(
        scriptsJar(),
        toolkitJar(),
        "toolkit/src/main",
        "toolkit/pom.xml",
        "jshell-scripts/src/main",
        "jshell-scripts/startup",
        "pom.xml")) {
      System.err.println(
          "building the toolkit; the first time Maven fetches about 255 MB, then compiles for a"
              + " minute or two");
      build(scriptsJar());
    }
  }

  private void buildSpark() throws IOException, InterruptedException {
    if (isOld(
        sparkJar(),
        SPARK_LIBRARIES,
        "toolkit/src/main",
        "toolkit/spark/src/main",
        "toolkit/spark/pom.xml")) {
      System.err.println("building toolkit/spark: the first time Maven fetches Spark, 285 MB");
      build(sparkJar(), "-Pspark", "-pl", "toolkit,toolkit/spark");
    }
  }

  /** Has Maven build, and dates the jar by the end of that. */
  private void build(Path jar, String... modules) throws IOException, InterruptedException {
    String maven = maven();
    List<String> command = new ArrayList<>(List.of(maven, "-B", "-q", "-ntp", "package"));
    command.addAll(List.of(modules));
    command.add("-Dmaven.test.skip=true");
    command.add("-Dspotless.check.skip=true");
    command.add("-Denforcer.skip=true");
    ProcessBuilder builder = builder(command).inheritIO();
    builder.environment().put("JAVA_HOME", JAVA_HOME.toString());
    try {
      if (start(builder).waitFor() != 0) {
        throw end("the toolkit does not build: see above");
      }
    } catch (IOException e) {
      throw end(
          "the toolkit must be built, and " + maven + " cannot be started: " + e.getMessage());
    }
    root.resolve(jar).toFile().setLastModified(System.currentTimeMillis());
  }

  // --- How a JVM is started; LaunchTest holds this and prepare.sh together.

  /** The options of every JVM with the toolkit. */
  List<String> options() throws IOException {
    Runtime.Version version = Runtime.version();
    List<String> options = new ArrayList<>(List.of("-Djava.awt.headless=true"));
    if (version.feature() == 17 && version.update() >= 6 && version.update() <= 20) {
      options.add("-XX:-UseBASE64Intrinsics");
    }
    if (ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent()) {
      options.add("--add-modules=jdk.incubator.vector");
    }
    if (!WINDOWS) {
      options.add("-XX:+UseTransparentHugePages");
    }
    if (version.feature() >= 22) {
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    if (version.feature() >= 24) {
      options.add("--sun-misc-unsafe-memory-access=allow");
    }
    String[] libraries = root.resolve("toolkit/target/lib").toFile().list();
    if (libraries != null
        && Arrays.stream(libraries).anyMatch(name -> name.startsWith("pytorch-native-cpu-"))) {
      options.add("-Dai.djl.offline=true");
    }
    return options;
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("OPT_OUT_TRACKING", "true");
    environment.put("THP_MEM_ALLOC_ENABLE", "1");
    environment.put("GOMP_SPINCOUNT", "5000");
    if (!WINDOWS) {
      environment.putAll(
          Map.of(
              "MALLOC_ARENA_MAX", "1",
              "MALLOC_MMAP_MAX_", "0",
              "MALLOC_TRIM_THRESHOLD_", "17179869184"));
    }
    return builder;
  }

  /**
   * Starts a process that this one outlives, also after Ctrl-C, which the terminal sends to both.
   */
  private static Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> process.onExit().join()));
    return process;
  }

  private static String program(String name) {
    return JAVA_HOME.resolve("bin").resolve(WINDOWS ? name + ".exe" : name).toString();
  }

  private int script(List<String> arguments) throws IOException, InterruptedException {
    if (arguments.isEmpty() || arguments.get(0).startsWith("-")) {
      System.out.println("run NAME [key=value ...]; run NAME --help lists its settings");
      try (Stream<Path> files = Files.list(root.resolve("jshell-scripts"))) {
        for (Path file : files.filter(it -> it.toString().endsWith(".jsh")).sorted().toList()) {
          String name = file.getFileName().toString().replace(".jsh", "");
          String purpose = Files.readAllLines(file).get(0).replaceFirst("// *", "");
          System.out.printf("  %-16s %s%n", name, purpose);
        }
      }
      return 0;
    }
    String name = arguments.get(0);
    if (!Files.exists(root.resolve("jshell-scripts/" + name + ".jsh"))) {
      throw end("no script '" + name + "' in jshell-scripts");
    }
    if (name.startsWith("spark-")) {
      buildSpark();
    }
    List<String> command = command(name, arguments.subList(1, arguments.size()));
    Process process =
        start(builder(command).inheritIO().redirectError(ProcessBuilder.Redirect.PIPE));
    try (BufferedReader errors =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), Charset.defaultCharset()))) {
      errors.lines().filter(line -> !line.startsWith(INCUBATOR)).forEach(System.err::println);
    }
    return process.waitFor();
  }

  /** The command that runs a script; LaunchTest holds this and the shell file together. */
  List<String> command(String name, List<String> settings) throws IOException {
    String master = name.startsWith("spark-") ? master(settings) : "";
    List<String> command = new ArrayList<>(List.of(program("java")));
    command.addAll(options(master));
    command.addAll(List.of("-cp", classPathWith(master), "verydeep.scripts.RunScript"));
    command.add("jshell-scripts/startup/imports.jsh");
    command.add("jshell-scripts/" + name + ".jsh");
    command.addAll(settings);
    return command;
  }

  private static String master(List<String> settings) {
    return settings.stream()
        .filter(it -> it.startsWith("master="))
        .map(it -> it.substring("master=".length()))
        .reduce("local[2]", (former, last) -> last);
  }

  /** Which cluster the shell or the notebooks drive; empty if none. */
  private String masterOfShell() throws IOException, InterruptedException {
    String master = System.getenv().getOrDefault("SPARK_MASTER", "");
    if (!master.isEmpty()) {
      buildSpark();
    }
    return master;
  }

  private String classPathWith(String master) throws IOException {
    return master.isEmpty()
        ? classPath()
        : classPath(sparkJar().toString(), Files.readString(root.resolve(SPARK_LIBRARIES)).strip());
  }

  /**
   * The options of a JVM that drives a cluster. Spark writes its log nowhere; a cluster elsewhere
   * gets the jars that it has not.
   *
   * @param master which cluster; empty for a JVM without Spark
   */
  List<String> options(String master) throws IOException {
    List<String> options = options();
    if (master.isEmpty()) {
      return options;
    }
    options.add("-Dslf4j.provider=org.slf4j.nop.NOPServiceProvider");
    options.add("-Dslf4j.internal.verbosity=WARN");
    options.add("-Dspark.master=" + master);
    if (!master.startsWith("local")) {
      try (Stream<Path> files = Files.list(root.resolve("toolkit/spark/target/jars"))) {
        options.add(
            Stream.concat(Stream.of(root.resolve(sparkJar())), files.sorted())
                .map(file -> root.relativize(file).toString().replace(File.separatorChar, '/'))
                .filter(file -> file.endsWith(".jar"))
                .collect(Collectors.joining(",", "-Dspark.jars=", "")));
      }
    }
    return options;
  }

  @SuppressWarnings(
      "SystemConsoleNull") // a console without a terminal, from JDK 22 on, does no harm
  private int shell(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program("jshell"), "--feedback", "verydeep"));
    command.add(COMPILER_OPTION);
    String master = masterOfShell();
    options(master).forEach(option -> command.add("-R" + option));
    if (System.console() != null) {
      command.add("-R-Dverydeep.terminal=true");
    }
    command.addAll(List.of("--class-path", classPathWith(master), "--startup", "DEFAULT"));
    command.addAll(List.of("--startup", "jshell-scripts/startup/imports.jsh"));
    command.addAll(List.of("--startup", "jshell-scripts/startup/shell.jsh"));
    command.addAll(arguments);
    return start(builder(command).inheritIO()).waitFor();
  }

  // --- The notebooks.

  private int notebooks(List<String> arguments) throws IOException, InterruptedException {
    String master = masterOfShell();
    Path venv = root.resolve("notebooks/.venv");
    Path python = venv.resolve(WINDOWS ? "Scripts/python.exe" : "bin/python");
    Path wanted = root.resolve("notebooks/requirements.txt");
    Path installed = venv.resolve("requirements.txt");
    if (!Files.exists(installed) || Files.mismatch(wanted, installed) >= 0) {
      System.err.println("making notebooks/.venv: fetches JupyterLab and the Java kernel ...");
      String given = System.getenv("PYTHON");
      String base = given != null ? given : WINDOWS ? "python" : "python3";
      must(List.of(base, "-m", "venv", "--clear", venv.toString()));
      must(List.of(python.toString(), "-m", "pip", "install", "-q", "-r", wanted.toString()));
      Files.copy(wanted, installed);
    }
    must(
        List.of(
            python.toString(),
            root.resolve("notebooks/kernel.py").toString(),
            "--no-fork",
            program("java"),
            String.join(" ", options(master)),
            classPathWith(master)));
    List<String> command = new ArrayList<>(List.of(python.toString(), "-m", "jupyterlab"));
    command.add("--config=" + root.resolve("notebooks/lab.json"));
    command.add("--ServerApp.root_dir=" + root.resolve("notebooks"));
    command.addAll(arguments);
    return start(notebook(command, venv).inheritIO()).waitFor();
  }

  private ProcessBuilder notebook(List<String> command, Path venv) {
    ProcessBuilder builder = builder(command);
    for (String kind : List.of("config", "data", "runtime")) {
      String name = "JUPYTER_" + kind.toUpperCase(Locale.ROOT) + "_DIR";
      builder.environment().put(name, venv.resolve("jupyter").resolve(kind).toString());
    }
    builder.environment().put("JUPYTER_PREFER_ENV_PATH", "1");
    return builder;
  }

  private void must(List<String> command) throws IOException, InterruptedException {
    try {
      if (start(builder(command).inheritIO()).waitFor() != 0) {
        throw end("this failed: " + String.join(" ", command));
      }
    } catch (IOException e) {
      throw end(command.get(0) + " cannot be started: install Python 3.10 or later, or set PYTHON");
    }
  }
}
