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

  @BeforeAll
  static void draw() throws IOException {
    Images seventy = Sample.images(root, 70);
    Files.writeString(root.resolve(Sample.DAMAGED), "no image");
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

  @Test
  void theSameCallDoesOnlyWhatIsMissing() throws IOException {
    assertThat(written().parts()).isEqualTo(3);
    assertThat(written().parts()).isZero();
    List<Row> before = SameBits.rows(out.toString());
    try (Stream<Path> files = Files.list(out)) {
      Files.delete(
          files
              .filter(f -> f.getFileName().toString().startsWith("part-000000128"))
              .findFirst()
              .get());
    }

    assertThat(written().parts()).isEqualTo(1);
    assertThat(SameBits.rows(out.toString())).isEqualTo(before);
  }

  @Test
  void theFolderOfAnotherExtractionIsRefused() {
    written();

    assertThatThrownBy(
            () ->
                Sample.cluster().features(EXTRACTOR.layer("pool3"), images).parquet(out.toString()))
        .isInstanceOf(VerydeepException.class)
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
    assertThat(written().parts()).isEqualTo(1);
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
