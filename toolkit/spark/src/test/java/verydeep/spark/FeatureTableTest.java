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
import verydeep.transfer.Features;

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
    Files.writeString(root.resolve("b/004.png"), "no image");
    images = seventy.subset(IntStream.range(0, 280).map(i -> i % 70).toArray());
  }

  private FeatureTable written() {
    return Sample.cluster().imagesOfPart(128).features(EXTRACTOR, images).parquet(out.toString());
  }

  private List<Row> rows() {
    return Sample.spark().read().parquet(out.toString()).orderBy("index").collectAsList();
  }

  @Test
  void eachImageIsARowWithTheBitsOfOneMachineOrTheReason() {
    FeatureTable table = written();
    int[] readable =
        IntStream.range(0, images.size())
            .filter(i -> !images.name(i).endsWith("/b/004.png"))
            .toArray();
    Features expected = EXTRACTOR.run(images.subset(readable));
    List<Row> rows = rows();

    assertThat(table.images()).isEqualTo(280);
    assertThat(table.unreadable()).hasSize(4);
    assertThat(rows).hasSize(280);
    int at = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      assertThat((int) row.getAs("index")).isEqualTo(i);
      assertThat((String) row.getAs("file")).isEqualTo(images.name(i));
      assertThat((String) row.getAs("class")).isEqualTo(Sample.CLASSES.get(images.label(i)));
      if (row.isNullAt(row.fieldIndex("unreadable"))) {
        List<Float> features = row.getList(row.fieldIndex("features"));
        float[] vector = expected.vector(at++);
        assertThat(features).hasSize(vector.length);
        for (int k = 0; k < vector.length; k++) {
          assertThat(features.get(k)).isEqualTo(vector[k]);
        }
      } else {
        assertThat(images.name(i)).endsWith("/b/004.png");
        assertThat(row.isNullAt(row.fieldIndex("features"))).isTrue();
      }
    }
    assertThat(at).isEqualTo(expected.size());
  }

  @Test
  void theSameCallDoesOnlyWhatIsMissing() throws IOException {
    assertThat(written().parts()).isEqualTo(3);
    assertThat(written().parts()).isZero();
    List<Row> before = rows();
    try (Stream<Path> files = Files.list(out)) {
      Files.delete(
          files
              .filter(f -> f.getFileName().toString().startsWith("part-000000128"))
              .findFirst()
              .get());
    }

    assertThat(written().parts()).isEqualTo(1);
    assertThat(rows()).isEqualTo(before);
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
}
