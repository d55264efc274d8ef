package verydeep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.cpu.Arithmetic;
import verydeep.evaluation.Evaluation;

/** JShell and a notebook's kernel as drivers of a cluster of JVMs. */
@Timeout(600)
class InteractiveDriverIT {

  private static final Path NOTEBOOKS = Path.of("../../notebooks").toAbsolutePath().normalize();

  private static final String LINES =
      """
      import org.apache.spark.sql.SparkSession;
      import verydeep.cpu.Arithmetic;
      import verydeep.data.Images;
      import verydeep.evaluation.Evaluation;
      import verydeep.spark.Cluster;
      import verydeep.weights.Checkpoint;
      var spark = SparkSession.builder().appName("verydeep").getOrCreate();
      var images = Images.folder("images");
      var net = Checkpoint.read("net.safetensors");
      var test = Evaluation.of(net, images).dense().scales(32, 40).skippingUnreadable();
      var cluster = Cluster.of(spark).folder("parts").imagesOfPart(32);
      var done = cluster.run(test.arithmetic(Arithmetic.EXACT));
      done.write("result.safetensors");
      System.out.println(done.predictions().size() + " images");
      spark.stop();
      """;

  @TempDir Path root;
  private Path images;
  private String lines;

  @BeforeEach
  void draw() throws IOException {
    images = Sample.withDamaged(root.resolve("images"), 128);
    Sample.network(1).write(root.resolve("net.safetensors"));
    lines = LINES;
    for (String name : List.of("images", "net.safetensors", "parts", "result.safetensors")) {
      lines = lines.replace('"' + name + '"', '"' + root.resolve(name).toString() + '"');
    }
  }

  private StandaloneCluster cluster() throws IOException, InterruptedException {
    return new StandaloneCluster(
        root.resolve("cluster"), StandaloneCluster.Node.PLAIN, StandaloneCluster.Node.PLAIN);
  }

  private void check(SubmittedDriver driver) throws IOException, InterruptedException {
    assertThat(driver.waitFor()).as(driver.log()).isZero();
    assertThat(driver.number("images")).as(driver.log()).isEqualTo(127);
    SameBits.check(
        Evaluation.read(root.resolve("result.safetensors")),
        SubmittedJob.test(images, Arithmetic.EXACT).run());
  }

  @Test
  void jshellIsADriver() throws IOException, InterruptedException {
    Path script = Files.writeString(root.resolve("lines.jsh"), lines + "/exit\n");
    try (var cluster = cluster()) {
      check(cluster.start("jshell", (options, classPath) -> shell(options, classPath, script)));
    }
  }

  private static List<String> shell(List<String> options, String classPath, Path script) {
    List<String> command = new ArrayList<>();
    command.add(StandaloneCluster.OWN_JDK.resolve("bin/jshell").toString());
    options.forEach(option -> command.add("-R" + option));
    command.addAll(List.of("--class-path", classPath, script.toString()));
    return command;
  }

  @Test
  void aNotebookIsADriver() throws IOException, InterruptedException {
    Path python = NOTEBOOKS.resolve(".venv/bin/python");
    Path kernel = NOTEBOOKS.resolve(".venv/share/jupyter/kernels/java/jjava.jar");
    assumeTrue(
        Files.exists(python) && Files.exists(kernel),
        "There is no " + kernel + ". notebooks/run makes it.");
    Path code = Files.writeString(root.resolve("lines.jsh"), lines);
    try (var cluster = cluster()) {
      check(
          cluster.start(
              "notebook",
              (options, classPath) -> {
                List<String> command = new ArrayList<>();
                command.add(python.toString());
                command.add(
                    Path.of("src/test/python/drive_cluster.py").toAbsolutePath().toString());
                command.add(code.toString());
                command.add(StandaloneCluster.OWN_JDK.resolve("bin/java").toString());
                command.addAll(options);
                command.addAll(List.of("--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED"));
                command.addAll(List.of("-cp", kernel + ":" + classPath));
                command.add("org.dflib.jjava.distro.JJava");
                return command;
              }));
    }
  }
}
