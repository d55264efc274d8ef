package verydeep.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.ErrorRates;

class LayerResultsTest {

  @TempDir private Path folder;

  private static LayerResult test(String weights, String layer, int wrong) {
    return new LayerResult(
        weights,
        layer,
        "dense, Q=160",
        ErrorRates.of(new ErrorRate(wrong, 341), new ErrorRate(wrong / 4, 341)),
        "a \"test\", of course",
        "a processor",
        Instant.parse("2026-11-25T03:00:00Z"));
  }

  private static List<LayerResult> tests() {
    return List.of(
        test("D", "pool1", 220),
        test("D", "pool2", 160),
        test("D", "pool5", 50),
        test("random D", "pool5", 160));
  }

  @Test
  void layersAreTestedAndCompared() {
    Images photos = Clothes.take(60);

    List<LayerResult> tests =
        LayerResults.of("random A", Clothes.features(), photos, photos, "a test");

    assertThat(tests).extracting(LayerResult::layer).startsWith("pool1").endsWith("pool5");
    assertThat(tests.get(4).toString())
        .startsWith("pool5 of random A, dense, Q=40, flipped: ")
        .contains("% right (");
    assertThat(tests.get(0).errors().top1().images()).isEqualTo(60);
    assertThat(tests.get(0).machine()).contains("cores");
    assertThat(tests.get(0).command()).isEqualTo("a test");
    assertThat(LayerResults.chart(tests).png()).isNotEmpty();
  }

  @Test
  void transferGrowsWithDepth() {
    assertThat(LayerResults.chart(tests()).title()).contains("by layer");
    assertThatThrownBy(() -> LayerResults.chart(List.of()))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("at least one test");

    Table table = LayerResults.table(tests());

    assertThat(table.columnNames())
        .containsExactly("weights", "protocol", "pool1", "pool2", "pool5");
    assertThat(table.stringColumn("pool5").asList())
        .containsExactly("85.3 (81 to 89)", "53.1 (48 to 58)");
    assertThat(table.stringColumn("pool1").asList()).containsExactly("35.5 (31 to 41)", "");
  }

  @Test
  void testsComeBackFromTheirFile() throws IOException {
    String file = folder.resolve("new/transfer.csv").toString();

    LayerResults.write(tests(), file);

    assertThat(LayerResults.read(file)).containsExactlyElementsOf(tests());
    LayerResult ofThree =
        new LayerResult(
            "D", "pool1", "dense", ErrorRates.of(new ErrorRate(1, 9)), "a", "b", Instant.EPOCH);
    LayerResults.write(List.of(ofThree), folder.resolve("three.csv").toString());
    assertThat(LayerResults.read(folder.resolve("three.csv").toString())).containsExactly(ofThree);
    String text = Files.readString(Path.of(file));
    Files.writeString(Path.of(file), text.replace(",220,", ",400,"));
    assertThatThrownBy(() -> LayerResults.read(file))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("transfer.csv, line 2: ");
  }

  @Test
  void theStoredTestsAreRead() {
    List<LayerResult> tests = LayerResults.read("docs/transfer.csv");

    assertThat(LayerResults.table(tests).columnNames())
        .contains("pool1", "pool2", "pool3", "pool4", "pool5");
  }
}
