package verydeep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static verydeep.network.Configuration.A;
import static verydeep.network.Configuration.A_LRN;
import static verydeep.network.Configuration.D;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.VerydeepException;
import verydeep.internal.djl.DjlForwardPass;

/** How a network is built, printed, and refused. */
class VggTest {

  @Test
  void unlessToldOtherwiseItIsThePapers() {
    Vgg network = Vgg.of(D).build();
    assertThat(network.classes()).isEqualTo(1000);
    assertThat(network.input()).isEqualTo(224);
    assertThat(network.width()).isEqualTo(1);
    assertThat(network.dropout()).isEqualTo(0.5);
    assertThat(network.batchNorm()).isFalse();
    assertThat(network.initialization()).isEqualTo(Initialization.glorot());
  }

  @Test
  void orderOfTheSettingsDoesNotMatter() {
    Vgg one = Vgg.of(A).classes(7).width(0.25).input(64).dropout(0.1).batchNorm(true).build();
    Vgg other = Vgg.of(A).batchNorm(true).dropout(0.1).input(64).width(0.25).classes(7).build();
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).hasToString(other.toString());
    assertThat(one.with().build()).isEqualTo(one);
    assertThat(one.with().classes(8).build()).isNotEqualTo(one);
  }

  @Test
  void builderMayGoOnWithoutChangingWhatItBuilt() {
    VggBuilder builder = Vgg.of(A).width(0.25);
    Vgg first = builder.build();
    Vgg second = builder.width(0.5).classes(3).build();
    assertThat(first.width()).isEqualTo(0.25);
    assertThat(first.classes()).isEqualTo(1000);
    assertThat(second.classes()).isEqualTo(3);
    assertThat(builder.build()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void classesBelowOneAreRefused(int classes) {
    assertThatThrownBy(() -> Vgg.of(A).classes(classes).build())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("classes", "network A", "" + classes, "at least 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 0, -224, 4097})
  void inputOutsideItsRangeIsRefused(int input) {
    assertThatThrownBy(() -> Vgg.of(A).input(input).build())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("input", "" + input, "32", "4096");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.0078, 0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void widthThatLeavesNoChannelIsRefused(double width) {
    assertThatThrownBy(() -> Vgg.of(D).width(width).build())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("width", "network D", "" + width);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, -0.1, 2, Double.NaN})
  void dropoutOutsideItsRangeIsRefused(double rate) {
    assertThatThrownBy(() -> Vgg.of(A).dropout(rate).build())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("dropout", "" + rate, "less than 1");
  }

  @Test
  void aClassifierOfItsOwnSizeCanBePutOnConvolutions() {
    Vgg convolutions = Vgg.of(D).width(0.25).input(64).convolutionsOnly().build();
    Vgg whole = convolutions.with().classifier().units(200).classes(10).build();
    assertThat(((Layer.FullyConnected) whole.layer("fc6")).outputs()).isEqualTo(200);
    assertThat(((Layer.FullyConnected) whole.layer("fc7")).inputs()).isEqualTo(200);
    assertThat(whole.units()).isEqualTo(200);
    assertThat(whole.label()).isEqualTo("D, width 0.25, 200 units");
    assertThat(convolutions.units()).isZero();
    assertThat(Vgg.of(D).width(0.25).units(1024).build())
        .isEqualTo(Vgg.of(D).width(0.25).build())
        .extracting(Vgg::label)
        .isEqualTo("D, width 0.25");
    assertThat(Vgg.of(D).build().units()).isEqualTo(4096);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -5, 65_537})
  void unitsOutsideTheirRangeAreRefused(int units) {
    assertThatThrownBy(() -> Vgg.of(D).units(units).build())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("units", "network D", "" + units, "65536");
  }

  @Test
  void unknownLayerIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Vgg.of(A_LRN).build().layer("conv1_2"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("There is no layer")
        .hasMessageContainingAll("\"conv1_2\"", "A-LRN", "conv1_1, norm1, pool1", "fc8");
    assertThatThrownBy(() -> Vgg.of(D).convolutionsOnly().build().summary().row("fc8"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("There is no layer")
        .hasMessageContaining("pool5.");
  }

  @Test
  void unknownLayerIsRefusedByTheForwardPass() {
    try (DjlForwardPass pass = DjlForwardPass.of(Parameters.initial(narrow(), 1))) {
      FloatBuffer pixels = FloatBuffer.allocate(3 * 64 * 64);
      assertThatThrownBy(() -> pass.run(pixels, 1, 64, 64, List.of("fc9")))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContaining("There is no layer");
    }
  }

  @Test
  void imageBelowTheWindowIsRefused() {
    assertThatThrownBy(() -> Vgg.of(D).build().summary(300, 223))
        .isInstanceOf(ImageTooSmallException.class)
        .hasMessageContainingAll("223x300", "224");
    try (DjlForwardPass pass = DjlForwardPass.of(Parameters.initial(narrow(), 1))) {
      FloatBuffer pixels = FloatBuffer.allocate(3 * 63 * 64);
      assertThatThrownBy(() -> pass.run(pixels, 1, 63, 64))
          .isInstanceOf(ImageTooSmallException.class)
          .hasMessageContainingAll("64x63", "larger scale");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {224, 256, 288, 384, 512})
  void sideOfTheScoreMapIsThePapers(int q) {
    MapShape map = Vgg.of(D).build().summary(q, 2 * q).output();
    assertThat(map).isEqualTo(new MapShape(1000, q / 32 - 6, 2 * q / 32 - 6));
  }

  @ParameterizedTest
  @EnumSource
  void fullNetworkPrintsWithinAThousandCharacters(Configuration configuration) {
    checkPrint(Vgg.of(configuration).build());
  }

  @ParameterizedTest
  @MethodSource("common")
  void commonNetworksPrintWithinAThousandCharacters(Vgg network) {
    checkPrint(network);
  }

  @Test
  void printNamesEveryLayerWithWeights() {
    String text = Vgg.of(D).build().toString();
    assertThat(text.lines().skip(2).map(line -> line.split(" ", 2)[0]))
        .hasSize(16)
        .startsWith("conv1_1")
        .endsWith("fc6", "fc7", "fc8");
    assertThat(text.lines().findFirst().orElseThrow())
        .contains("VGG D", "224x224", "1000", "138,357,544", "15.5G");
  }

  static List<Vgg> common() {
    List<Vgg> networks = new ArrayList<>();
    for (Configuration configuration : Configuration.values()) {
      for (double width : new double[] {1, 0.5, 0.25, 0.125, 1.0 / 32}) {
        for (boolean batchNorm : new boolean[] {false, true}) {
          VggBuilder builder = Vgg.of(configuration).width(width).batchNorm(batchNorm);
          networks.add(builder.build());
          networks.add(builder.classes(10).input(64).build());
          networks.add(builder.classes(101).input(128).build());
          networks.add(builder.convolutionsOnly().build());
        }
      }
    }
    return networks;
  }

  private static void checkPrint(Vgg network) {
    String text = network.toString();
    assertThat(text).hasSizeLessThanOrEqualTo(1000);
    assertThat(text.lines().findFirst().orElseThrow()).hasSizeLessThanOrEqualTo(80);
    assertThat(text.lines()).noneMatch(line -> line.endsWith(" "));
  }

  private static Vgg narrow() {
    return Vgg.of(A).width(1.0 / 32).classes(2).input(64).build();
  }
}
