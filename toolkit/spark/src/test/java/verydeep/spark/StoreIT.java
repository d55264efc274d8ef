package verydeep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.data.Images;
import verydeep.evaluation.Evaluation;

/** Images and features in HDFS and in S3, on 127.0.0.1: {@code mvn -Pspark,stores verify}. */
@Timeout(900)
class StoreIT {

  private static final int IMAGES = 160;

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"hdfs", "s3a"})
  void jobsHaveTheBitsOfOneMachineAndGoOn(String scheme) throws IOException, InterruptedException {
    Path local = Sample.withDamaged(root.resolve("images"), IMAGES);
    Path target = root.resolve("target");
    Images images;
    try (var store = StoreServer.of(scheme, root.resolve("store"));
        var cluster =
            new StandaloneCluster(
                root.resolve("cluster"),
                StandaloneCluster.Node.PLAIN,
                StandaloneCluster.Node.PLAIN)) {
      SubmittedDriver driver =
          cluster.submit(
              SubmittedStore.class,
              store.settings(),
              StandaloneCluster.OWN_JDK,
              "driver",
              false,
              store.uri(),
              local,
              target);
      assertThat(driver.waitFor()).as(driver.log()).isZero();
      assertThat(driver.number("damaged files")).isEqualTo(1);
      assertThat(driver.number("parts at first")).isEqualTo(2);
      assertThat(driver.number("parts again")).isEqualTo(1);
      assertThat(driver.number("parts at last")).isZero();
      assertThat(driver.number("hidden files")).isZero();
      assertThat(driver.number("records")).isEqualTo(IMAGES);
      assertThat(driver.number("damaged records")).isEqualTo(1);
      images = under(store.uri() + "/photos/", local);
    }

    SameBits.check(Evaluation.read(target.resolve("result")), SubmittedStore.test(images).run());
    SameBits.check(target.resolve("features").toString(), SubmittedStore.extractor(), images);
  }

  /** Local images by the names that they have in the store. */
  private static Images under(String uri, Path local) {
    Images images = Images.folder(local);
    List<String> names =
        IntStream.range(0, images.size())
            .mapToObj(i -> uri + local.relativize(images.file(i)))
            .toList();
    int[] labels = IntStream.range(0, images.size()).map(images::label).toArray();
    return Images.of(
        images.classes(),
        names,
        labels,
        name -> Files.readAllBytes(local.resolve(name.substring(uri.length()))));
  }
}
