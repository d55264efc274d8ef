package verydeep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;
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
    Images many = Images.folder(Samples.photos(folder.resolve("many"), 41, 1));

    Figure figure = Charts.map(extractor().run(many));

    ChartsTest.check(figure);
    assertThat(figure.height()).isLessThan(Charts.map(extractor().run(photos)).height());
  }
}
