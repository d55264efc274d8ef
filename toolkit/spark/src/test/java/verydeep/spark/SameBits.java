package verydeep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Row;
import verydeep.data.Images;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;

/** Compares what a cluster gives with what one machine gives, bit for bit. */
final class SameBits {

  private SameBits() {}

  /** Compares tests; the number of threads does not count. */
  static void check(Evaluation given, Evaluation expected) {
    assertThat(given.protocol()).isEqualTo(expected.protocol());
    assertThat(SameArithmetic.form(given.arithmetic()))
        .isEqualTo(SameArithmetic.form(expected.arithmetic()));
    assertThat(given.skipped()).isEqualTo(expected.skipped());
    assertThat(given.predictions()).hasSameSizeAs(expected.predictions());
    for (int i = 0; i < given.predictions().size(); i++) {
      Prediction one = given.predictions().get(i);
      Prediction other = expected.predictions().get(i);
      assertThat(one.file()).isEqualTo(other.file());
      assertThat(one.label()).isEqualTo(other.label());
      for (int k = 0; k < Sample.CLASSES.size(); k++) {
        assertThat(bits(one.score(k))).isEqualTo(bits(other.score(k)));
      }
    }
  }

  /** Compares rows of Parquet with an extraction here: each image once, damaged ones as well. */
  static void check(String folder, FeatureExtractor extractor, Images images) {
    check(rows(folder), extractor.skippingUnreadable().run(images), images);
  }

  /** Compares rows with an extraction of the readable images. */
  static void check(List<Row> rows, Features expected, Images images) {
    assertThat(rows).hasSize(images.size());
    int at = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      assertThat((int) row.getAs("index")).isEqualTo(i);
      assertThat((String) row.getAs("file")).isEqualTo(images.name(i));
      assertThat((String) row.getAs("class")).isEqualTo(Sample.CLASSES.get(images.label(i)));
      if (row.isNullAt(row.fieldIndex("unreadable"))) {
        List<Float> features = row.getList(row.fieldIndex("features"));
        assertSame(features, expected.vector(at++));
      } else {
        assertThat(images.name(i)).endsWith(Sample.DAMAGED);
        assertThat(row.isNullAt(row.fieldIndex("features"))).isTrue();
      }
    }
    assertThat(at).isEqualTo(expected.size());
  }

  /** Compares the readable rows with an extraction of the same images, whatever their names. */
  static void checkVectors(List<Row> rows, Features expected) {
    List<Row> readable = rows.stream().filter(row -> row.getAs("unreadable") == null).toList();
    assertThat(readable).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      List<Float> features = readable.get(i).getList(readable.get(i).fieldIndex("features"));
      assertSame(features, expected.vector(i));
    }
  }

  private static void assertSame(List<Float> features, float[] vector) {
    assertThat(features).hasSize(vector.length);
    for (int k = 0; k < vector.length; k++) {
      assertThat(bits(features.get(k))).isEqualTo(bits(vector[k]));
    }
  }

  static List<Row> rows(String folder) {
    return Sample.spark().read().parquet(folder).orderBy("index").collectAsList();
  }

  private static int bits(float number) {
    return Float.floatToRawIntBits(number);
  }
}
