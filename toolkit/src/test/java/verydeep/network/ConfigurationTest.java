package verydeep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static verydeep.network.Configuration.A;
import static verydeep.network.Configuration.A_LRN;
import static verydeep.network.Configuration.C;
import static verydeep.network.Configuration.D;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Table 1 and Table 2, to the parameter. */
class ConfigurationTest {

  @ParameterizedTest
  @CsvSource({
    "A, 9220480, 132863336, 7.609, 150, 11",
    "A_LRN, 9220480, 132863336, 7.609, 150, 11",
    "B_5X5, 10860672, 134503528, 9.356, 156, 8",
    "B, 9404992, 133047848, 11.308, 156, 13",
    "C, 9996096, 133638952, 11.771, 156, 16",
    "D, 14714688, 138357544, 15.470, 212, 16",
    "E, 20024384, 143667240, 19.632, 268, 19"
  })
  void countsAreThePapers(
      Configuration configuration,
      long convolutions,
      long total,
      double gigaMacs,
      int field,
      int layers) {
    Vgg network = Vgg.of(configuration).build();
    NetworkSummary summary = network.summary();
    assertThat(network.parameterCount()).isEqualTo(total);
    assertThat(parameters(summary, "conv")).isEqualTo(convolutions);
    assertThat(parameters(summary, "fc")).isEqualTo(123_642_856);
    assertThat(network.with().convolutionsOnly().build().parameterCount()).isEqualTo(convolutions);
    assertThat(Math.round(summary.macs() / 1e6) / 1e3).isEqualTo(gigaMacs);
    assertThat(summary.row("pool5").receptiveField()).isEqualTo(field);
    assertThat(summary.row("fc6").receptiveField()).isEqualTo(field + 6 * 32);
    assertThat(configuration.weightLayers()).isEqualTo(layers);
    assertThat(network.layers().stream().filter(ConfigurationTest::hasWeights)).hasSize(layers);
  }

  @ParameterizedTest
  @EnumSource
  void fullyConnectedLayersAreThePapers(Configuration configuration) {
    NetworkSummary summary = Vgg.of(configuration).build().summary();
    assertThat(summary.row("fc6").parameters()).isEqualTo(102_764_544);
    assertThat(summary.row("fc7").parameters()).isEqualTo(16_781_312);
    assertThat(summary.row("fc8").parameters()).isEqualTo(4_097_000);
    assertThat(summary.output()).isEqualTo(new MapShape(1000, 1, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "A, 0.25, 10, 64",
    "A_LRN, 0.125, 3, 96",
    "B, 0.5, 20, 32",
    "C, 0.3, 7, 100",
    "D, 0.015625, 2, 224",
    "E, 1.5, 1, 64"
  })
  void countsOfOtherWidthsAndClassesFollowTheFormula(
      Configuration configuration, double width, int classes, int input) {
    Vgg network = Vgg.of(configuration).width(width).classes(classes).input(input).build();
    assertThat(network.parameterCount())
        .isEqualTo(formula(configuration, width, classes, input, false));
    assertThat(network.with().batchNorm(true).build().parameterCount())
        .isEqualTo(formula(configuration, width, classes, input, true));
  }

  @Test
  void layersAreNamedAsInMatConvNet() {
    assertThat(names(D, "conv"))
        .containsExactly(
            "conv1_1", "conv1_2", "conv2_1", "conv2_2", "conv3_1", "conv3_2", "conv3_3", "conv4_1",
            "conv4_2", "conv4_3", "conv5_1", "conv5_2", "conv5_3");
    assertThat(names(D, "pool")).containsExactly("pool1", "pool2", "pool3", "pool4", "pool5");
    assertThat(names(D, "fc")).containsExactly("fc6", "fc7", "fc8");
    assertThat(names(D, "drop")).containsExactly("drop6", "drop7");
    assertThat(names(D, "relu")).hasSize(15).contains("relu1_1", "relu5_3", "relu6", "relu7");
    assertThat(Vgg.of(D).build().layers()).extracting(Layer::name).doesNotHaveDuplicates();
  }

  @Test
  void onlyCHasConvolutionsOfOnePixel() {
    List<String> small =
        Vgg.of(C).build().layers().stream()
            .filter(l -> l instanceof Layer.Convolution c && c.kernel() == 1)
            .map(Layer::name)
            .toList();
    assertThat(small).containsExactly("conv3_3", "conv4_3", "conv5_3");
    assertThat(((Layer.Convolution) Vgg.of(C).build().layer("conv3_3")).padding()).isZero();
    for (Configuration configuration : Configuration.table1()) {
      assertThat(Vgg.of(configuration).build().layers())
          .filteredOn(l -> l instanceof Layer.Convolution && configuration != C)
          .allMatch(l -> l.kernel() == 3);
    }
  }

  @Test
  void onlyALrnIsNormalizedAfterItsFirstRelu() {
    assertThat(Vgg.of(A_LRN).build().layers().subList(0, 4))
        .extracting(Layer::name)
        .containsExactly("conv1_1", "relu1_1", "norm1", "pool1");
    assertThat(names(A_LRN, "norm")).containsExactly("norm1");
    assertThat(names(A, "norm")).isEmpty();
    assertThat(Vgg.of(A_LRN).build().layer("norm1"))
        .isEqualTo(new Layer.LocalResponseNormalization("norm1", 5, 2, 1e-4, 0.75));
    assertThat(A_LRN.label()).isEqualTo("A-LRN");
  }

  @Test
  void batchNormalizationFollowsEachConvolution() {
    List<Layer> layers = Vgg.of(C).batchNorm(true).build().layers();
    assertThat(layers.subList(0, 3))
        .extracting(Layer::name)
        .containsExactly("conv1_1", "bn1_1", "relu1_1");
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof Layer.Convolution convolution) {
        assertThat(layers.get(i + 1))
            .isEqualTo(
                new Layer.BatchNormalization(
                    convolution.name().replace("conv", "bn"), convolution.outputs()));
      }
    }
  }

  private static Stream<String> names(Configuration configuration, String prefix) {
    return Vgg.of(configuration).build().layers().stream()
        .map(Layer::name)
        .filter(n -> n.startsWith(prefix));
  }

  private static boolean hasWeights(Layer layer) {
    return !layer.parameters().isEmpty();
  }

  private static long parameters(NetworkSummary summary, String prefix) {
    return summary.rows().stream()
        .filter(row -> row.layer().name().startsWith(prefix))
        .mapToLong(NetworkSummary.Row::parameters)
        .sum();
  }

  /** The counts once more, from the kernels of Table 1 written as digits. */
  private static long formula(
      Configuration configuration, double width, int classes, int input, boolean batchNorm) {
    List<String> kernels =
        switch (configuration) {
          case A, A_LRN -> List.of("3", "3", "33", "33", "33");
          case B -> List.of("33", "33", "33", "33", "33");
          case C -> List.of("33", "33", "331", "331", "331");
          case D -> List.of("33", "33", "333", "333", "333");
          case E -> List.of("33", "33", "3333", "3333", "3333");
          case B_5X5 -> List.of("5", "5", "5", "5", "5");
        };
    long[] table = {64, 128, 256, 512, 512};
    long total = 0;
    long before = 3;
    for (int block = 0; block < 5; block++) {
      long channels = Math.round(table[block] * width);
      for (char digit : kernels.get(block).toCharArray()) {
        long kernel = Character.digit(digit, 10);
        total += kernel * kernel * before * channels + channels + (batchNorm ? 2 * channels : 0);
        before = channels;
      }
    }
    long cells = input / 32L;
    long units = Math.round(4096 * width);
    return total
        + (cells * cells * before + 1) * units
        + (units + 1) * units
        + (units + 1) * classes;
  }
}
