package verydeep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.transfer.FeatureExtractor;

/** Features as rows that any reader of Parquet reads. */
@Timeout(300)
class FeatureTableTest {

  private static final FeatureExtractor EXTRACTOR =
      FeatureExtractor.of(Sample.network(1))
          .layer("pool4")
          .scales(32)
          .arithmetic(Arithmetic.EXACT)
          .quiet();

  @TempDir static Path root;
  @TempDir Path out;
  private static Images images;
  private static int damaged;

  @BeforeAll
  static void draw() throws IOException {
    Images seventy = Sample.images(root, 70);
    Files.writeString(root.resolve(Sample.DAMAGED), "no image");
    damaged =
        IntStream.range(0, 70)
            .filter(i -> seventy.name(i).endsWith(Sample.DAMAGED))
            .findFirst()
            .orElseThrow();
    images = seventy.subset(IntStream.range(0, 280).map(i -> i % 70).toArray());
  }

  private FeatureTable written() {
    return Sample.cluster().imagesOfPart(128).features(EXTRACTOR, images).parquet(out.toString());
  }

  @Test
  void eachImageIsARowWithTheBitsOfOneMachineOrTheReason() {
    FeatureTable table = written();

    assertThat(table.images()).isEqualTo(280);
    assertThat(table.unreadable()).hasSize(4);
    SameBits.check(out.toString(), EXTRACTOR, images);
  }

  /** Neighbors of a damaged image are in other batches than without it. */
  @ParameterizedTest
  @EnumSource(names = {"FAST", "DJL"})
  void theyAreThoseOfAnExtractionThatSkipsDamagedImages(Arithmetic arithmetic) {
    FeatureExtractor extractor = EXTRACTOR.arithmetic(arithmetic).scales(32, 40);
    String folder = out.resolve("[50%] a*b").toString(); // no pattern
    Cluster cluster = Sample.cluster().imagesOfPart(128);
    FeatureTable first = cluster.features(extractor, images).parquet(folder);
    FeatureTable again = cluster.features(extractor, images).parquet(folder);

    assertThat(again.unreadable()).isEqualTo(first.unreadable()).hasSize(4);
    assertThat(again.times().parts()).isZero();
    List<Row> rows =
        Sample.spark()
            .read()
            .parquet(out.resolve("?50%? a?b").toString())
            .orderBy("index")
            .collectAsList();
    SameBits.check(rows, extractor.skippingUnreadable().run(images), images);
  }

  @Test
  void aPartWithoutReadableImagesIsRowsOfReasons() {
    int[] damagedFirst = IntStream.range(0, 140).map(i -> i < 128 ? damaged : i % 70).toArray();
    FeatureTable table =
        Sample.cluster()
            .imagesOfPart(128)
            .features(EXTRACTOR, images.subset(damagedFirst))
            .parquet(out.toString());

    assertThat(table.unreadable()).hasSize(128);
    SameBits.check(out.toString(), EXTRACTOR, images.subset(damagedFirst));
  }

  @Test
  void noReadableImageAtAllIsAnError() {
    assertThatThrownBy(
            () ->
                Sample.cluster()
                    .features(EXTRACTOR, images.subset(damaged, damaged))
                    .parquet(out.toString()))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("None of the 2 images can be read")
        .hasMessageContaining(Sample.DAMAGED);
    assertThat(out.resolve("_SUCCESS")).doesNotExist();
  }

  @Test
  void theTimeOfThePartsIsThatOfTheNetworkAndTheRest() {
    PartTimes times = written().times();

    assertThat(times.parts()).isEqualTo(3);
    assertThat(times.executors()).isEqualTo(1);
    assertThat(times.network()).isPositive();
    assertThat(times.loading()).isPositive();
    assertThat(times.network() + times.loading()).isLessThan(times.seconds());
    assertThat(times).asString().contains("3 parts on 1 executor in ", "%) in the network and ");
    assertThat(written()).asString().contains("280 rows, 4 of them unreadable", "now: no part");
  }

  @Test
  void theSameCallDoesOnlyWhatIsMissing() throws IOException {
    assertThat(written().times().parts()).isEqualTo(3);
    assertThat(written().times().parts()).isZero();
    List<Row> before = SameBits.rows(out.toString());
    try (Stream<Path> files = Files.list(out)) {
      Files.delete(
          files
              .filter(f -> f.getFileName().toString().startsWith("part-000000128"))
              .findFirst()
              .get());
    }

    assertThat(written().times().parts()).isEqualTo(1);
    assertThat(SameBits.rows(out.toString())).isEqualTo(before);
  }

  @Test
  void theFolderOfAnotherExtractionIsRefused() {
    written();

    assertThatThrownBy(
            () ->
                Sample.cluster().features(EXTRACTOR.layer("pool3"), images).parquet(out.toString()))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining(out + "/_verydeep/job.safetensors holds work with other settings")
        .hasMessageContaining("pool4")
        .hasMessageContaining("pool3");
  }

  /** As a driver leaves it that died before it had checked what computed the part. */
  @Test
  void aPartThatTheDriverHasNotCheckedIsDoneAgain() throws IOException {
    written();
    List<Row> before = SameBits.rows(out.toString());
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.filter(f -> isFirst(f.getFileName().toString())).toList()) {
        Files.move(file, out.resolve("_" + file.getFileName()));
      }
    }

    assertThat(SameBits.rows(out.toString())).as("readers pass over it").hasSize(280 - 128);
    assertThat(written().times().parts()).isEqualTo(1);
    assertThat(SameBits.rows(out.toString())).isEqualTo(before);
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .noneMatch(name -> name.startsWith("_part") || name.startsWith("_half"));
    }
  }

  private static boolean isFirst(String name) {
    return name.startsWith("part-000000000");
  }

  @Test
  void aFolderWithoutAWholeNumberOfPartsIsRefused() throws IOException {
    written();
    Files.writeString(out.resolve("_verydeep/parts"), "3x");
    Files.deleteIfExists(out.resolve("_verydeep/.parts.crc"));

    assertThatThrownBy(this::written)
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("3x")
        .hasMessageContaining("another folder");
  }
}
