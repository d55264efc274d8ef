package verydeep.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A standalone cluster on 127.0.0.1: a master and workers of one core each, every one a JVM of its
 * own, whose executors are JVMs again. Whatever happens, {@link #close} ends all of them.
 */
final class StandaloneCluster implements AutoCloseable {

  /** The JDK of the tests. */
  static final Path OWN_JDK = Path.of(System.getProperty("java.home"));

  private static final List<String> SETTINGS =
      List.of(
          "spark.cores.max=2",
          "spark.driver.bindAddress=127.0.0.1",
          "spark.driver.host=127.0.0.1",
          "spark.executor.cores=1",
          "spark.executor.extraJavaOptions=-XX:ActiveProcessorCount=1",
          "spark.executor.memory=1g",
          "spark.executorEnv.OMP_NUM_THREADS=1",
          "spark.executorEnv.OPT_OUT_TRACKING=true",
          "spark.scheduler.maxRegisteredResourcesWaitingTime=120s",
          "spark.scheduler.minRegisteredResourcesRatio=1", // both executors, then the first part
          "spark.task.cpus=1",
          "spark.ui.enabled=false");

  /**
   * What runs a worker and its executors.
   *
   * @param jdk its home
   * @param options of its JVMs
   */
  record Node(Path jdk, String options) {

    /** The JDK of the tests. */
    static final Node PLAIN = new Node(OWN_JDK, "");
  }

  private final SparkHome spark;
  private final int port;
  private final List<Process> workers = new ArrayList<>();
  private final ConcurrentLinkedQueue<Process> processes = new ConcurrentLinkedQueue<>();
  private final Thread atExit = new Thread(this::end);

  /** Starts a master and workers, with a folder for all that they write. */
  StandaloneCluster(Path folder, Node... nodes) throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(atExit);
    spark = new SparkHome(folder);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try {
      daemon(Node.PLAIN, "master", "master.Master", "--port", "" + port);
      awaitMaster();
      for (int i = 0; i < nodes.length; i++) {
        String name = "worker-" + i;
        String work = folder.resolve(name).toString();
        workers.add(
            daemon(
                nodes[i],
                name,
                "worker.Worker",
                "--work-dir",
                work,
                "--cores",
                "1",
                "--memory",
                "1g",
                master()));
      }
    } catch (IOException | InterruptedException e) {
      end();
      throw e;
    }
  }

  private Process daemon(Node node, String name, String main, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("--host", "127.0.0.1", "--webui-port", "0"));
    all.addAll(List.of(arguments));
    Process started = spark.java(node.jdk(), node.options(), name, "deploy." + main, all);
    processes.add(started);
    return started;
  }

  private void awaitMaster() throws IOException, InterruptedException {
    for (int i = 0; ; i++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        if (i == 600) {
          throw new IOException(spark.text("master.log"), e);
        }
        Thread.sleep(100);
      }
    }
  }

  private String master() {
    return "spark://127.0.0.1:" + port;
  }

  /**
   * Submits {@link SubmittedJob} as spark-submit does.
   *
   * @param jdk runs the driver
   * @param name of the files with its output
   * @param libtorch whether it is shipped
   * @param arguments of the program
   */
  SubmittedDriver submit(Path jdk, String name, boolean libtorch, Object... arguments)
      throws IOException, InterruptedException {
    return submit(SubmittedJob.class, List.of(), jdk, name, libtorch, arguments);
  }

  /** Submits another program, with settings of its own. */
  SubmittedDriver submit(
      Class<?> program,
      List<String> settings,
      Path jdk,
      String name,
      boolean libtorch,
      Object... arguments)
      throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(List.of("--master", master(), "--jars", SparkHome.jars(libtorch)));
    all.addAll(List.of("--driver-memory", "512m", "--class", program.getName()));
    Stream.of(SETTINGS, settings)
        .flatMap(List::stream)
        .forEach(setting -> all.addAll(List.of("--conf", setting)));
    all.add(spark.program().toString());
    Stream.of(arguments).map(Object::toString).forEach(all::add);
    Process driver = spark.submit(jdk, name, all);
    processes.add(driver);
    return new SubmittedDriver(driver, spark, name);
  }

  /**
   * Starts a driver that spark-submit does not start, such as a shell.
   *
   * @param name of the files with its output
   * @param command gives what starts it, of the options of its JVM and its class path
   */
  SubmittedDriver start(String name, BiFunction<List<String>, String, List<String>> command)
      throws IOException {
    List<String> options = new ArrayList<>(List.of("--add-modules=jdk.incubator.vector"));
    options.add("-Dspark.master=" + master());
    options.add("-Dspark.jars=" + SparkHome.jars(false));
    SETTINGS.forEach(setting -> options.add("-D" + setting));
    Process driver = spark.start(name, command.apply(options, spark.driverClassPath()));
    processes.add(driver);
    return new SubmittedDriver(driver, spark, name);
  }

  /** {@return the executors that live now} */
  List<ProcessHandle> executors() {
    return workers.stream().flatMap(worker -> worker.children()).toList();
  }

  /** Ends the executors, the workers, the master and the drivers with SIGKILL. */
  private void end() {
    List<ProcessHandle> children = processes.stream().flatMap(Process::descendants).toList();
    processes.forEach(Process::destroyForcibly);
    children.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() throws IOException {
    end();
    processes.forEach(one -> one.onExit().join());
    spark.unlink();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
