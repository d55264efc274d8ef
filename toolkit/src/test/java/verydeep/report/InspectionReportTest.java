package verydeep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import verydeep.VerydeepException;
import verydeep.classification.Classification;
import verydeep.data.BoundingBox;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.inspection.Attribution;
import verydeep.inspection.AttributionMap;
import verydeep.inspection.ChannelMaps;
import verydeep.inspection.Faithfulness;
import verydeep.inspection.ImageOptimization;
import verydeep.inspection.ImageProgress;
import verydeep.inspection.Objective;
import verydeep.inspection.OptimizedImage;
import verydeep.inspection.PerceptualDistance;
import verydeep.inspection.RedLeft;
import verydeep.inspection.StrongestPatches;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** What a network saw, as tables, charts and images. */
class InspectionReportTest {

  private static final int HIGH = 0xffd14a;
  private static final int LOW = 0x202c5c;

  @TempDir Path folder;

  /** One channel a layer; that of conv1_1 is the red level of each pixel. */
  private static Checkpoint red(Preprocessing preprocessing, int plane) {
    Vgg network = Vgg.of(Configuration.A).width(1 / 64.0).convolutionsOnly().build();
    Map<String, Tensor> tensors = new HashMap<>();
    for (ParameterShape shape : network.parameterShapes()) {
      int size = shape.sizes().stream().reduce(1, (a, b) -> a * b);
      float[] values = new float[size];
      if (shape.name().equals("conv1_1.weight")) {
        values[9 * plane + 4] = 1;
      }
      tensors.put(shape.name(), Tensor.of(shape.sizes(), values));
    }
    return Checkpoint.of(
        Parameters.of(network, tensors), List.of(), preprocessing, Provenance.unknown());
  }

  /** Left half one red level, right half another. */
  private static RgbImage halves(int side, int left, int right) {
    byte[] rgb = new byte[3 * side * side];
    for (int i = 0; i < side * side; i++) {
      rgb[3 * i] = (byte) (i % side < side / 2 ? left : right);
    }
    return RgbImage.of(side, side, rgb);
  }

  private static int count(Figure figure, int rgb) {
    BufferedImage image = figure.image();
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xffffff) == rgb ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void aFilterIsGrayWhereItsWeightsAreZeroAndBrightInTheColorThatItAnswersTo() {
    Figure figure = Pictures.filters(red(Preprocessing.paper(new Rgb(0, 0, 0)), 0));

    // 3x3 cells of 12x12 pixels
    assertThat(count(figure, 0xff8080)).isEqualTo(12 * 12);
    assertThat(count(figure, 0x808080)).isGreaterThanOrEqualTo(8 * 12 * 12);
    assertThat(figure.title()).isEqualTo("Filters of conv1_1");
  }

  @Test
  void aNetworkThatTakesBlueFirstHasItsFiltersInTheirTrueColorsToo() {
    Figure figure = Pictures.filters(red(Preprocessing.caffe(), 2));

    assertThat(count(figure, 0xff8080)).isEqualTo(12 * 12);
    assertThat(count(figure, 0x8080ff)).isZero();
  }

  @Test
  void aChannelIsAsBrightAsItsActivations() {
    Checkpoint net = red(Preprocessing.paper(new Rgb(0, 0, 0)), 0);
    ChannelMaps maps = ChannelMaps.of(net, halves(64, 200, 0), "conv1_1", 64);

    Figure figure = Pictures.channels(maps, 3);

    // one tile of 108x108 pixels, whose left half is the highest activation
    assertThat(count(figure, HIGH)).isEqualTo(54 * 108);
    assertThat(count(figure, LOW)).isEqualTo(54 * 108);
    assertThat(figure.title()).isEqualTo("Channels of conv1_1");
  }

  @Test
  void aSheetShowsThePartsThatImagesAreCutTo() throws IOException {
    for (String name : List.of("hat", "shoe")) {
      Path file = Files.createDirectories(folder.resolve(name)).resolve("halves.png");
      ImageIO.write(halves(64, 200, 0).toBufferedImage(), "png", file.toFile());
    }
    Images whole = Images.folder(folder);
    BoundingBox half = new BoundingBox(0, 0, 32, 64);
    Images left = whole.cutOut(List.of(half, half));

    // 132x132 pixels, of which the half has all the height
    assertThat(count(Pictures.sheet(whole, 1, 1), 0xc80000)).isBetween(60 * 132, 66 * 132);
    assertThat(count(Pictures.sheet(left, 1, 1), 0xc80000)).isEqualTo(66 * 132);
    assertThat(count(Pictures.sheet(left, 1, 1), 0x000000)).isZero();
  }

  private static Attribution attribution(float... values) {
    RgbImage gray = RgbImage.of(2, 1, new byte[] {100, 100, 100, 100, 100, 100}).resize(16, 8);
    var grid = new AttributionMap.Grid(1, 2, 4, 4, 8, 8);
    AttributionMap map = AttributionMap.of("hat, cap", 0.75, -0.5, grid, values);
    return Attribution.of(
        "by hand", "parts of nothing", gray, Classification.Kind.DECISION_VALUE, List.of(map));
  }

  @Test
  void whatSpeaksForAClassIsBrightOverTheImageInGray() {
    Figure figure = Pictures.attribution(attribution(1, 0));

    // 24x12 pixels, the outer quarters of which lie beyond the centers of the cells
    assertThat(count(figure, 0xc1a554)).isGreaterThanOrEqualTo(6 * 12);
    assertThat(count(figure, 0x464b60)).isZero();
    assertThat(figure.title()).isEqualTo("Evidence for a class");
  }

  @Test
  void whatSpeaksAgainstAClassIsBlueAndForItOrange() {
    Figure figure = Pictures.attribution(attribution(2, -2), "cap");

    int orange = mixed(0xe05a00);
    int blue = mixed(0x1b6cb5);
    assertThat(count(figure, orange)).isGreaterThanOrEqualTo(6 * 12);
    assertThat(count(figure, blue)).isGreaterThanOrEqualTo(6 * 12);
    assertThatThrownBy(() -> Pictures.attribution(attribution(1, 0), "dress"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("no class \"dress\"");
  }

  /** Over gray of level 100 with an opacity of 0.85. */
  private static int mixed(int color) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      mixed = mixed << 8 | (int) Math.round(100 + 0.85 * ((color >> shift & 0xff) - 100));
    }
    return mixed;
  }

  @Test
  void mapsAreATableWithTheirSums() {
    Table table = Tables.of(attribution(2, -0.25f));

    assertThat(table.name()).isEqualTo("by hand: parts of nothing");
    assertThat(table.columnNames())
        .containsExactly("class", "score", "bias", "sum", "lowest", "highest");
    assertThat(table.row(0).getString("class")).isEqualTo("hat, cap");
    assertThat(table.row(0).getDouble("sum")).isEqualTo(1.75);
    assertThat(table.row(0).getDouble("lowest")).isEqualTo(-0.25);
  }

  private static Faithfulness faithfulness() {
    RgbImage image = halves(16, 255, 255);
    float[] left = new float[256];
    for (int i = 0; i < 256; i++) {
      left[i] = i % 16 < 8 ? 1 : 0;
    }
    AttributionMap map = AttributionMap.of("red", 1, 0, AttributionMap.Grid.pixels(16, 16), left);
    return Faithfulness.of(
        new RedLeft(),
        Attribution.of("by hand", "", image, Classification.Kind.POSTERIOR, List.of(map)),
        "red",
        4);
  }

  @Test
  void deletionAndInsertionAreATableAndACurveEach() throws IOException {
    Faithfulness faithfulness = faithfulness();
    Table table = Tables.of(faithfulness);

    assertThat(table.name()).isEqualTo("Deletion and insertion of \"red\", by hand");
    assertThat(table.doubleColumn("pixels changed %").asDoubleArray())
        .containsExactly(0, 25, 50, 75, 100);
    assertThat(table.doubleColumn("score after deletion").get(2)).isZero();
    Figure chart = Charts.faithfulness(faithfulness);
    ChartsTest.check(chart);
    assertThat(chart.title()).isEqualTo("How faithful the map of \"red\" is");
  }

  @Test
  void aDifferenceHasARowALayerAndTheSum() {
    Map<String, Double> layers = new LinkedHashMap<>();
    layers.put("conv1_2", 0.25);
    layers.put("conv2_2", 0.5);
    Table table = Tables.of(new PerceptualDistance.Difference(0.75, layers, "unlearned"));

    assertThat(table.stringColumn("layer").asList()).containsExactly("conv1_2", "conv2_2", "all");
    assertThat(table.doubleColumn("difference").asDoubleArray()).containsExactly(0.25, 0.5, 0.75);
  }

  @Test
  void lossesAreATableAndACurve() throws IOException {
    OptimizedImage made =
        ImageOptimization.of(red(Preprocessing.caffe(), 0))
            .add(Objective.totalVariation())
            .noise(32, 32, 1)
            .steps(3)
            .progress(ImageProgress.silent())
            .run();
    Table table = Tables.of(made);

    assertThat(table.longColumn("step").asList()).containsExactly(1L, 2L, 3L);
    assertThat(table.doubleColumn("loss").asDoubleArray()).containsExactly(made.losses());
    assertThat(table.name()).endsWith("total variation");
    ChartsTest.check(Charts.losses(made));
  }

  @Test
  void strongestPatchesAreATableAndASheet() throws IOException {
    Images photos = Images.folder(Samples.photos(folder, 2, 2));
    StrongestPatches found =
        StrongestPatches.of(red(Preprocessing.paper(new Rgb(0, 0, 0)), 0), photos)
            .layers("conv1_1", "conv1_1")
            .scale(40)
            .count(2)
            .quiet()
            .run();
    Table table = Tables.of(found);

    assertThat(table.rowCount()).isEqualTo(2);
    assertThat(table.row(0).getString("layer")).isEqualTo("conv1_1");
    assertThat(table.row(0).getLong("rank")).isEqualTo(1);
    assertThat(table.row(0).getLong("side")).isEqualTo(3);
    assertThat(table.row(0).getDouble("activation"))
        .isGreaterThanOrEqualTo(table.row(1).getDouble("activation"));
    assertThat(table.row(0).getString("image")).isNotEqualTo(table.row(1).getString("image"));

    Figure sheet = Pictures.patches(found, "conv1_1", new int[] {0});
    assertThat(sheet.title()).isEqualTo("Strongest patches of conv1_1");
    assertThatThrownBy(() -> Pictures.patches(found, "conv1_1", new int[] {1}))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("There is no channel 1");
    assertThatThrownBy(() -> Pictures.patches(found, "conv2_1", 4))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("was not searched");
  }
}
