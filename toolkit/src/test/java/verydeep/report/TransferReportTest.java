package verydeep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.ErrorRates;
import verydeep.evaluation.Evaluation;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;
import verydeep.transfer.LinearSvm;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Features and what they are worth, as tables and charts. */
class TransferReportTest {

  @TempDir private Path folder;
  private Images photos;

  @BeforeEach
  void photos() throws IOException {
    photos = Images.folder(Samples.photos(folder.resolve("photos"), 3, 6));
  }

  private static FeatureExtractor extractor() {
    Vgg net = Vgg.of(Configuration.A).width(1 / 32.0).convolutionsOnly().build();
    return FeatureExtractor.of(
            Checkpoint.of(
                Parameters.initial(net, 1),
                List.of(),
                Preprocessing.paper(new Rgb(120, 110, 100)),
                Provenance.unknown()))
        .scales(40)
        .quiet();
  }

  private static LayerResult test(String weights, String layer, int wrong) {
    return new LayerResult(
        weights,
        layer,
        "dense, Q=160",
        new ErrorRates(new ErrorRate(wrong, 341), new ErrorRate(wrong / 4, 341)),
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
  void featuresAreATable() {
    Features features = extractor().run(photos);

    Table table = Tables.of(features);

    assertThat(table.rowCount()).isEqualTo(18);
    assertThat(table.columnNames()).startsWith("file", "class", "f1", "f2").endsWith("f16");
    assertThat(table.stringColumn("file").get(7)).isEqualTo(features.file(7).toString());
    assertThat(table.stringColumn("class").get(7)).isEqualTo("class1");
    assertThat(table.floatColumn("f16").get(7)).isEqualTo(features.vector(7)[15]);
    assertThat(table.name())
        .isEqualTo("pool5 of VGG A, width 0.0313, convolutions only, " + "dense, Q=40, flipped");
  }

  @Test
  void featuresAreAMap() throws IOException {
    Features features = extractor().run(photos);

    ChartsTest.check(Charts.map(features));
    ChartsTest.check(Charts.map(extractor().run(photos.subset(0, 7, 13))));
    assertThatThrownBy(() -> Charts.map(extractor().run(photos.subset(0, 7))))
        .isInstanceOf(VerydeepException.class);
  }

  @Test
  void aMapOfManyClassesHasNoLegend() throws IOException {
    Images many = Images.folder(Samples.photos(folder.resolve("many"), 30, 1));

    Figure figure = Charts.map(extractor().run(many));

    ChartsTest.check(figure);
    assertThat(figure.height()).isLessThan(Charts.map(extractor().run(photos)).height());
  }

  @Test
  void layersAreTestedAndCompared() throws IOException {
    Map<String, Features> byLayer = extractor().runByLayer(photos, "pool4", "pool5");
    List<LayerResult> tests =
        byLayer.entrySet().stream()
            .map(
                e -> {
                  Evaluation svm = LinearSvm.of(e.getValue()).cost(1).run().test(e.getValue());
                  return LayerResult.of("random A", e.getKey(), "a test", svm);
                })
            .toList();

    assertThat(tests.get(1).toString())
        .startsWith("pool5 of random A, dense, Q=40, flipped: ")
        .contains("% right (");
    assertThat(tests.get(0).errors().top1().images()).isEqualTo(18);
    ChartsTest.check(Charts.transferByLayer(tests));
  }

  @Test
  void transferGrowsWithDepth() throws IOException {
    ChartsTest.check(Charts.transferByLayer(tests()));
    assertThatThrownBy(() -> Charts.transferByLayer(List.of()))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("at least one test");

    Table table = Tables.transferByLayer(tests());

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
    String text = Files.readString(Path.of(file));
    Files.writeString(Path.of(file), text.replace(",220,", ",400,"));
    assertThatThrownBy(() -> LayerResults.read(file))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("transfer.csv, line 2");
    Files.writeString(Path.of(file), "network,seed\nA,1\n");
    assertThatThrownBy(() -> LayerResults.read(file))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("lacks the columns weights, layer");
  }
}
