package verydeep.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder with what a distribution of Spark has: its jars and settings; and JVMs that use them.
 */
final class SparkHome {

  private static final String LOG =
      """
      rootLogger.level = info
      rootLogger.appenderRef.console.ref = console
      appender.console.type = Console
      appender.console.name = console
      appender.console.target = SYSTEM_ERR
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = %d{HH:mm:ss.SSS} %p %c{1}: %m%n
      """;

  private final Path folder;

  /** Gathers the jars of this class path that are not shipped to a cluster: Spark's. */
  SparkHome(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf/log4j2.properties"), LOG);
    Path jars = Files.createDirectories(folder.resolve("jars"));
    List<String> shipped = shipped(true).stream().map(SparkHome::name).toList();
    for (Path jar : classPath()) {
      if (Files.isRegularFile(jar) && !shipped.contains(name(jar)) && !isServer(name(jar))) {
        Files.createSymbolicLink(jars.resolve(name(jar)), jar);
      }
    }
  }

  /** {@return the class path of the tests} */
  static List<Path> classPath() {
    String given = System.getProperty("surefire.test.class.path");
    String classPath = given == null ? System.getProperty("java.class.path") : given;
    return Stream.of(classPath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .toList();
  }

  /** What the profile {@code stores} starts, and no cluster has. */
  private static boolean isServer(String jar) {
    return jar.startsWith("s3mock-") || jar.startsWith("hadoop-client-minicluster-");
  }

  /**
   * Lists what {@code toolkit/spark/submit} ships.
   *
   * @param libtorch whether libtorch is among it
   */
  static List<Path> shipped(boolean libtorch) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (Path from : List.of(Path.of("target"), Path.of("target/jars"))) {
      try (Stream<Path> files = Files.list(from)) {
        files
            .filter(file -> name(file).endsWith(".jar"))
            .filter(file -> !name(file).matches(".*-(tests|sources|javadoc)\\.jar"))
            .filter(file -> libtorch || !name(file).startsWith("pytorch-native"))
            .map(Path::toAbsolutePath)
            .forEach(jars::add);
      }
    }
    return jars;
  }

  /** {@return the same as spark-submit takes it} */
  static String jars(boolean libtorch) throws IOException {
    return shipped(libtorch).stream().map(Path::toString).collect(Collectors.joining(","));
  }

  /** {@return a jar with the classes of the tests} */
  Path program() throws IOException {
    Path jar = folder.resolve("program.jar");
    Path classes = Path.of("target/test-classes");
    try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(f -> name(f).endsWith(".class")).toList()) {
        to.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, to);
      }
    }
    return jar;
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /**
   * Starts one of Spark's classes.
   *
   * @param jdk the JDK that runs it and the JVMs that it starts
   * @param options of these JVMs, which inherit them
   * @param name of the files with its output: name.out, name.log
   */
  Process java(Path jdk, String options, String name, String main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", folder + "/conf:" + folder + "/jars/*"));
    command.add("org.apache.spark." + main);
    command.addAll(arguments);
    return start(jdk, options, name, command);
  }

  /** Starts what spark-submit starts: Spark's launcher prints it, with the options it chooses. */
  Process submit(Path jdk, String name, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit"));
    all.addAll(arguments);
    Process launcher = java(jdk, "", "launcher", "launcher.Main", all);
    if (launcher.waitFor() != 0) {
      throw new IOException(text("launcher.log"));
    }
    List<String> command =
        Arrays.stream(text("launcher.out").split("\0"))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .toList();
    return start(jdk, "", name, command);
  }

  /** Starts another program. */
  Process start(String name, List<String> command) throws IOException {
    return start(Path.of(System.getProperty("java.home")), "", name, command);
  }

  /** {@return the class path of a driver that spark-submit does not start} */
  String driverClassPath() throws IOException {
    return Stream.concat(
            Stream.of(folder + "/conf", folder + "/jars/*"),
            shipped(false).stream().map(Path::toString))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Process start(Path jdk, String options, String name, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectOutput(folder.resolve(name + ".out").toFile());
    builder.redirectError(folder.resolve(name + ".log").toFile());
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("JDK_JAVA_OPTIONS", options);
    environment.put("SPARK_HOME", folder.toString());
    environment.put("SPARK_CONF_DIR", folder.resolve("conf").toString());
    environment.put("SPARK_LOCAL_DIRS", folder.resolve("local").toString());
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("SPARK_SCALA_VERSION", "2.13");
    return builder.start();
  }

  /** Deletes the links to jars, since JUnit warns of each that it deletes. */
  void unlink() throws IOException {
    try (Stream<Path> links = Files.list(folder.resolve("jars"))) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }

  /** {@return the output so far, in a file of this folder} */
  String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}
