package verydeep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.data.ImageFiles;
import verydeep.data.Images;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.EvaluationBuilder;

/** What cannot be done is said with the machine and the cure. */
@Timeout(300)
class ClusterErrorsTest {

  @TempDir static Path root;
  private static Images images;

  @BeforeAll
  static void draw() {
    images = Sample.images(root, 9);
  }

  @Test
  void anotherBuildOfTheToolkitIsRefused() {
    assertThatThrownBy(() -> Machine.check("9.9 (1, 2)", 0))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("9.9 (1, 2)")
        .hasMessageContaining(Machine.build())
        .hasMessageContaining("--jars");
  }

  @Test
  void anExecutorWithMoreCoresThanATaskIsRefused() {
    SparkConf standalone = new SparkConf(false).set("spark.master", "spark://host:7077");
    assertThatThrownBy(() -> Cluster.checkCores(standalone))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("The cores of an executor are all of a machine and those of a task 1")
        .hasMessageContaining("spark.executor.cores");
    SparkConf four = standalone.clone().set("spark.executor.cores", "4");
    assertThatThrownBy(() -> Cluster.checkCores(four)).hasMessageContaining("are 4 and");

    Cluster.checkCores(four.set("spark.task.cpus", "4"));
    Cluster.checkCores(new SparkConf(false).set("spark.master", "yarn")); // one core each
  }

  @Test
  void anExecutorOfMoreProcessorsThanItsTaskMayUseIsRefused() {
    int available = Runtime.getRuntime().availableProcessors();
    if (available > 1) {
      assertThatThrownBy(() -> Machine.check(Machine.build(), available - 1))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContaining("-XX:ActiveProcessorCount=" + (available - 1));
    }
    Machine.check(Machine.build(), available);
  }

  @Test
  void aPartOnVectorsOfAnotherWidthIsRefusedAsItComes() {
    SameArithmetic same = new SameArithmetic("");
    same.check(outcome(0, "one", "F(4x4, 3x3) on vectors of 512 bits, 2 threads"));
    same.check(outcome(1, "two", "F(4x4, 3x3) on vectors of 512 bits, 1 thread"));

    assertThatThrownBy(
            () -> same.check(outcome(2, "three", "F(4x4, 3x3) on vectors of 256 bits, 2 threads")))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("Part 2")
        .hasMessageContaining("three")
        .hasMessageContaining("256 bits")
        .hasMessageContaining("512 bits");
  }

  private static PartOutcome outcome(int index, String machine, String arithmetic) {
    PartTime time = new PartTime(machine + "/0", 1, 0, 0.5);
    return new PartOutcome(index, machine, time, Map.of(), Map.of(), arithmetic, "");
  }

  @Test
  void aFolderThatOnlyTheDriverHasIsNamed() {
    ImageFiles elsewhere = ImageFiles.of(Path.of("/only/on/the/driver/cat.png"));
    var test = Sample.network(1);
    var views = new TestViews(View.dense(), List.of(32), true);

    assertThatThrownBy(() -> Sample.cluster().classify(test, views, elsewhere))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("/only/on/the/driver")
        .hasMessageContaining(Machine.name());
  }

  @Test
  void aDamagedImageEndsATestThatDoesNotSkipIt(@TempDir Path damaged) throws IOException {
    Sample.images(damaged, 9);
    Files.writeString(damaged.resolve("b/004.png"), "no image");
    EvaluationBuilder test =
        Evaluation.of(Sample.network(1), Images.folder(damaged)).scales(32).quiet();

    assertThatThrownBy(() -> Sample.cluster().run(test))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("004.png")
        .hasMessageContaining("Part 0 of 1");
  }

  @Test
  void aFileWithoutAClassifierAndTooManyClassesAreRefused(@TempDir Path folder) {
    ImageFiles files = ImageFiles.of(images);
    Path localizer = Sample.localizer().write(folder.resolve("localizer"));
    Path network = Sample.network(1).write(folder.resolve("network"));

    assertThatThrownBy(() -> Sample.cluster().classify(localizer, files))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("dense localizer");
    assertThatThrownBy(() -> Sample.cluster().top(4).classify(network, files))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("4; it must be from 1 to 3");
    assertThatThrownBy(() -> Sample.cluster().top(0))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("0; 1 is the least");
  }

  @Test
  void theFolderOfAnotherTestIsRefused(@TempDir Path folder) {
    Cluster cluster = Sample.cluster().folder(folder);
    cluster.run(Evaluation.of(Sample.network(1), images).scales(32).quiet());

    assertThatThrownBy(
            () -> cluster.run(Evaluation.of(Sample.network(2), images).scales(32).quiet()))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("weights");
  }

  @Test
  void urisAreReadByHadoop() throws IOException {
    Path file = images.file(0).toAbsolutePath();

    assertThat(SharedFiles.here().read("file://" + file)).isEqualTo(Files.readAllBytes(file));
    assertThatThrownBy(() -> SharedFiles.here().read("file://" + file + ".gone"))
        .isInstanceOf(IOException.class);
  }
}
