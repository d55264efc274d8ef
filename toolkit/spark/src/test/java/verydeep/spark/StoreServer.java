package verydeep.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A store of files on 127.0.0.1, in a JVM of its own: HDFS, or a server that speaks S3. */
final class StoreServer implements AutoCloseable {

  private static final String BUCKET = "photos";

  private final Process process;
  private final Path log;
  private final String uri;
  private final List<String> settings;
  private final Thread atExit;

  private StoreServer(Path folder, String uri, List<String> settings, List<String> arguments)
      throws IOException {
    this.uri = uri;
    this.settings = List.copyOf(settings);
    log = Files.createDirectories(folder).resolve("server.log");
    List<String> command = new ArrayList<>();
    command.add(StandaloneCluster.OWN_JDK.resolve("bin/java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(arguments);
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    atExit = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts one. */
  static StoreServer of(String scheme, Path folder) throws IOException, InterruptedException {
    return scheme.equals("hdfs") ? hdfs(folder) : s3(folder);
  }

  /** Starts a name node with a data node, which write their details to a file once both run. */
  private static StoreServer hdfs(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Path details = folder.resolve("details.json");
    String classPath =
        SparkHome.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> arguments = new ArrayList<>(List.of("-cp", classPath));
    arguments.add("org.apache.hadoop.test.MiniDFSClusterManager");
    arguments.addAll(List.of("-format", "-datanodes", "1", "-nnport", "" + port));
    arguments.addAll(List.of("-writeDetails", details.toString()));
    String uri = "hdfs://127.0.0.1:" + port;
    StoreServer server = new StoreServer(folder, uri + "/store", List.of(), arguments);
    server.await(() -> Files.exists(details));
    return server;
  }

  /** Starts an S3 with an empty bucket. */
  private static StoreServer s3(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Path jar =
        SparkHome.classPath().stream()
            .filter(one -> one.getFileName().toString().startsWith("s3mock-"))
            .findFirst()
            .orElseThrow();
    String name = "--com.adobe.testing.s3mock.";
    StoreServer server =
        new StoreServer(
            folder,
            "s3a://" + BUCKET + "/store",
            List.of(
                "spark.hadoop.fs.s3a.endpoint=http://127.0.0.1:" + port,
                "spark.hadoop.fs.s3a.endpoint.region=us-east-1",
                "spark.hadoop.fs.s3a.path.style.access=true",
                "spark.hadoop.fs.s3a.access.key=any",
                "spark.hadoop.fs.s3a.secret.key=any"),
            List.of(
                "-jar",
                jar.toString(),
                "--server.port=0",
                name + "http-port=" + port,
                name + "store.root=" + Files.createDirectories(folder.resolve("objects")),
                name + "store.initial-buckets=" + BUCKET));
    server.await(() -> answers(port));
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try {
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void await(BooleanSupplier ready) throws IOException, InterruptedException {
    for (int i = 0; !ready.getAsBoolean(); i++) {
      if (i == 1200 || !process.isAlive()) {
        String said = Files.readString(log);
        close();
        throw new IOException("The store did not start: " + said);
      }
      Thread.sleep(100);
    }
  }

  /** {@return a folder in it} */
  String uri() {
    return uri;
  }

  /** {@return the settings of Spark with which it is reached} */
  List<String> settings() {
    return settings;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
