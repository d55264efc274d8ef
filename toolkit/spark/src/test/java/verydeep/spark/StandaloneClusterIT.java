package verydeep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static verydeep.cpu.Arithmetic.DJL;
import static verydeep.cpu.Arithmetic.EXACT;
import static verydeep.cpu.Arithmetic.FAST;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.cpu.Arithmetic;
import verydeep.evaluation.Evaluation;
import verydeep.localization.Localization;
import verydeep.spark.StandaloneCluster.Node;

/** A cluster of JVMs on this machine: {@code mvn -Pspark,cluster verify}. */
@Timeout(600)
class StandaloneClusterIT {

  private static final int PARTS = 8;

  @TempDir static Path shared;
  @TempDir Path root;
  private static Path images;

  @BeforeAll
  static void draw() throws IOException {
    images = Sample.withDamaged(shared.resolve("images"), 32 * PARTS);
  }

  private StandaloneCluster cluster(Node... nodes) throws IOException, InterruptedException {
    return new StandaloneCluster(root.resolve("cluster"), nodes);
  }

  private Path target() {
    return root.resolve("target");
  }

  private SubmittedDriver submit(
      StandaloneCluster cluster, Path jdk, String name, String job, Arithmetic arithmetic)
      throws IOException, InterruptedException {
    return cluster.submit(jdk, name, arithmetic == DJL, job, arithmetic, images, target(), 1);
  }

  private void submitted(StandaloneCluster cluster, Path jdk, String job, Arithmetic arithmetic)
      throws IOException, InterruptedException {
    SubmittedDriver driver = submit(cluster, jdk, job, job, arithmetic);
    assertThat(driver.waitFor()).as(driver.log()).isZero();
  }

  private void checkTest(Arithmetic arithmetic) {
    Evaluation found = Evaluation.read(target().resolve("0/result"));
    SameBits.check(found, SubmittedJob.test(images, arithmetic).run());
  }

  private void checkFeatures(Arithmetic arithmetic) {
    SameBits.check(
        target().resolve("0/rows").toString(),
        SubmittedJob.extractor(arithmetic),
        SubmittedJob.many(images));
  }

  @ParameterizedTest
  @EnumSource(names = {"FAST", "EXACT", "DJL"})
  void jobsHaveTheBitsOfOneMachine(Arithmetic arithmetic) throws IOException, InterruptedException {
    try (var cluster = cluster(Node.PLAIN, Node.PLAIN)) {
      submitted(cluster, StandaloneCluster.OWN_JDK, "test", arithmetic);
      checkTest(arithmetic);
      submitted(cluster, StandaloneCluster.OWN_JDK, "features", arithmetic);
      checkFeatures(arithmetic);
    }
  }

  @Test
  void localizationHasTheBitsOfOneMachine() throws IOException, InterruptedException {
    try (var cluster = cluster(Node.PLAIN, Node.PLAIN)) {
      // so small a localizer computes by DJL, which needs libtorch on the executors
      submitted(cluster, StandaloneCluster.OWN_JDK, "localization", DJL);
    }
    Localization expected = Sample.localizer().test(Sample.boxed(SubmittedJob.good(images)));

    assertThat(Localization.read(target().resolve("0/result")).images())
        .isEqualTo(expected.images());
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "features"})
  void aDriverThatIsKilledGoesOnWhenItIsCalledAgain(String job)
      throws IOException, InterruptedException {
    Path folder = target().resolve("0").resolve(job.equals("test") ? "parts" : "rows");
    try (var cluster = cluster(Node.PLAIN, Node.PLAIN)) {
      SubmittedDriver killed = submit(cluster, StandaloneCluster.OWN_JDK, "killed", job, EXACT);
      while (killed.isAlive() && parts(folder).isEmpty()) {
        Thread.sleep(1);
      }
      assertThat(killed.isAlive()).as(() -> "It was faster.").isTrue();
      killed.kill();
      Map<Path, FileTime> kept = parts(folder);
      SubmittedDriver driver = submit(cluster, StandaloneCluster.OWN_JDK, "driver", job, EXACT);

      assertThat(driver.waitFor()).as(driver.log()).isZero();
      if (job.equals("test")) {
        checkTest(EXACT);
        assertThat(driver.number("parts done")).isLessThan(PARTS);
      } else {
        checkFeatures(EXACT);
        assertThat(driver.number("parts written")).isLessThan(PARTS);
        assertThat(parts(folder)).containsAllEntriesOf(kept);
      }
      System.out.printf("%s: driver killed with %d parts kept%n", job, kept.size());
    }
  }

  private static Map<Path, FileTime> parts(Path folder) throws IOException {
    Map<Path, FileTime> parts = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file :
            files.filter(f -> f.getFileName().toString().startsWith("part-")).toList()) {
          parts.put(file, Files.getLastModifiedTime(file));
        }
      }
    }
    return parts;
  }

  @Test
  void aWorkerWithVectorsOfAnotherWidthIsRefused() throws IOException, InterruptedException {
    Path processors = Path.of("/proc/cpuinfo");
    assumeTrue(Files.exists(processors) && Files.readString(processors).contains("avx512f"));
    try (var cluster = cluster(Node.PLAIN, new Node(StandaloneCluster.OWN_JDK, "-XX:UseAVX=2"))) {
      for (String job : new String[] {"test", "features"}) {
        SubmittedDriver driver = submit(cluster, StandaloneCluster.OWN_JDK, job, job, FAST);

        assertThat(driver.waitFor()).as(driver.log()).isNotZero();
        assertThat(driver.log())
            .contains("VerydeepException: Part ")
            .contains("on vectors of 256 bits", "on vectors of 512 bits")
            .contains("one job needs executors with vectors of one width");
      }
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "other.jdk", matches = ".+")
  void executorsOfTwoJdksGiveTheSameBits() throws IOException, InterruptedException {
    Path other = Path.of(System.getProperty("other.jdk"));
    try (var cluster = cluster(Node.PLAIN, new Node(other, ""))) {
      submitted(cluster, StandaloneCluster.OWN_JDK, "test", FAST);
      checkTest(FAST);
      submitted(cluster, other, "features", EXACT);
      checkFeatures(EXACT);
    }
  }
}
