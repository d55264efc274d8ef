package verydeep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.data.Ilsvrc;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.TrainingScale;
import verydeep.evaluation.Evaluation;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.transfer.FeatureExtractor;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** The scripts of Spark as their user calls them: a process each, with all of Spark in it. */
@Timeout(300)
class SparkScriptsTest {

  private static final Path SCRIPTS = Path.of("../../jshell-scripts").toAbsolutePath().normalize();
  private static final int IMAGES = 40;

  /** The folder in which scripts run. */
  @TempDir static Path root;

  private static Images images;

  @BeforeAll
  static void drawImagesAndCompileTheLauncher() throws IOException {
    Path photos = Sample.withDamaged(root.resolve("photos"), IMAGES);
    images = Images.folder(photos);
    Sample.network(1).write(root.resolve("net.safetensors"));
    String pattern = photos + "/*/*.png";
    String table = root.resolve("table").toString();
    Sample.spark()
        .read()
        .format("binaryFile")
        .load(pattern)
        .coalesce(1)
        .sortWithinPartitions("path")
        .write()
        .parquet(table);
    Files.createDirectories(root.resolve("records"));
    try (SequenceFile.Writer writer =
        SequenceFile.createWriter(
            new Configuration(),
            SequenceFile.Writer.file(
                new org.apache.hadoop.fs.Path(root.resolve("records/photos.seq").toUri())),
            SequenceFile.Writer.keyClass(Text.class),
            SequenceFile.Writer.valueClass(BytesWritable.class))) {
      for (int i = 0; i < IMAGES; i++) {
        String name = photos.relativize(images.file(i)).toString();
        writer.append(new Text(name), new BytesWritable(Files.readAllBytes(images.file(i))));
      }
    }
    compileLauncher(root.resolve("launcher"));
  }

  /** The module of the scripts may not have been built. */
  private static void compileLauncher(Path classes) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
    try (var sources = Files.list(SCRIPTS.resolve("src/main/java/verydeep/scripts"))) {
      sources.map(Path::toString).forEach(arguments::add);
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isZero();
  }

  /** Runs a script, which must succeed; {@return what it prints} */
  private static String run(String script, String... settings)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(StandaloneCluster.OWN_JDK.resolve("bin/java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx1g"));
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(List.of("-Dspark.ui.enabled=false", "-Dspark.driver.host=127.0.0.1"));
    String libraries =
        String.join(":", SparkHome.classPath().stream().map(Path::toString).toList());
    String lib = Path.of("../target/lib").toAbsolutePath() + "/*"; // tables and charts, as in run
    command.addAll(List.of("-cp", root.resolve("launcher") + ":" + libraries + ":" + lib));
    command.add("verydeep.scripts.RunScript");
    command.add(SCRIPTS.resolve("startup/imports.jsh").toString());
    command.add(SCRIPTS.resolve(script + ".jsh").toString());
    command.addAll(List.of(settings));
    Path out = root.resolve("out");
    Path log = root.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    assertThat(process.waitFor()).as(() -> text(out) + text(log)).isZero();
    return text(out);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pattern", "parquet", "sequence"})
  void featuresOfStoredImagesHaveTheBitsOfFiles(String stored) throws Exception {
    Map<String, String> places =
        Map.of("pattern", "photos/*/*.png", "parquet", "table", "sequence", "records");
    String said =
        run(
            "spark-features",
            "stored=" + stored,
            "photos=" + places.get(stored),
            "weights=net.safetensors",
            "layer=pool4",
            "scale=32",
            "out=out-" + stored);

    assertThat(said)
        .contains("40 rows, 1 of them unreadable", "1 part on 1 executor in ", "in the network")
        .contains("% of them without the network", "not read: ", Sample.DAMAGED);
    FeatureExtractor extractor = FeatureExtractor.of(Sample.network(1)).layer("pool4").scales(32);
    var rows = SameBits.rows(root.resolve("out-" + stored).toString());
    SameBits.checkVectors(rows, extractor.quiet().skippingUnreadable().run(images));
  }

  @Test
  void aTestOfStoredImagesFindsTheirClassesByName() throws Exception {
    Vgg vgg =
        Vgg.of(verydeep.network.Configuration.A)
            .classes(1000)
            .units(16)
            .width(1 / 64.0)
            .input(32)
            .build();
    Checkpoint net =
        Checkpoint.of(
                Parameters.initial(vgg, 1),
                Ilsvrc.classes(),
                Preprocessing.caffe(),
                Provenance.unknown())
            .withTrainingScale(TrainingScale.fixed(40));
    net.write(root.resolve("ilsvrc.safetensors"));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      lines.add(images.file(i).getFileName() + " " + i);
    }
    Path truth = Files.write(root.resolve("truth.txt"), lines);
    String said =
        run(
            "spark-imagenet",
            "stored=parquet",
            "images=table",
            "truth=truth.txt",
            "weights=ilsvrc.safetensors");

    Evaluation found =
        Evaluation.read(
            root.resolve("target/spark-imagenet/ilsvrc.safetensors-40/test.safetensors"));
    assertThat(found.predictions()).hasSize(IMAGES - 1);
    found
        .predictions()
        .forEach(
            one ->
                assertThat(one.label())
                    .isEqualTo(Ilsvrc.labels(List.of(one.file().toString()), truth)[0]));
    assertThat(said).contains("40 images of 1000 classes", "not read: ", Sample.DAMAGED);
  }
}
