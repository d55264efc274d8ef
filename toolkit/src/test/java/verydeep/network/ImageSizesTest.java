package verydeep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which images a network accepts, and where the activations of its layers are complete. */
class ImageSizesTest {

  private static Vgg net(int input) {
    return Vgg.of(Configuration.D).width(1 / 16.0).input(input).classes(3).build();
  }

  @ParameterizedTest
  @CsvSource({"32, 32", "33, 32", "63, 32", "64, 64", "100, 96", "224, 224", "255, 224"})
  void theSmallestImageIsTheWindowOfFc6Times32(int input, int smallest) {
    assertThat(net(input).smallestImage()).isEqualTo(smallest);
  }

  @Test
  void convolutionsAloneNeedOnePlaceOfPool5() {
    Vgg convolutions = Vgg.of(Configuration.D).convolutionsOnly().build();

    assertThat(convolutions.smallestImage()).isEqualTo(32);
    assertThatCode(() -> convolutions.checkImage(32, 1000)).doesNotThrowAnyException();
    assertThatThrownBy(() -> convolutions.checkImage(31, 1000))
        .isInstanceOf(ImageTooSmallException.class);
  }

  @Test
  void anImageThatIsTooSmallIsNamedWithWhatIsNeeded() {
    assertThatThrownBy(() -> net(64).checkImage(200, 63))
        .isInstanceOf(ImageTooSmallException.class)
        .hasMessageContainingAll("200", "63", "64", "D, width 0.0625")
        .hasMessageEndingWith(".");
    assertThatThrownBy(() -> net(64).summary(63, 200)).isInstanceOf(ImageTooSmallException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "64, 64, 1, 1",
    "64, 95, 1, 1",
    "64, 96, 1, 2",
    "128, 160, 3, 4",
  })
  void aLargerImageHasAMapOfScores(int height, int width, int rows, int columns) {
    MapShape scores = net(64).summary(height, width).row("fc8").output();

    assertThat(scores.channels()).isEqualTo(3);
    assertThat(scores.height()).isEqualTo(rows);
    assertThat(scores.width()).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({"conv1_1", "conv5_3", "fc6", "fc7"})
  void activationsOfALayerAreThoseAfterItsRelu(String layer) {
    Vgg network = net(64);

    Layer last = network.layers().get(network.activationIndex(layer));
    assertThat(last).isInstanceOf(Layer.Relu.class);
    assertThat(network.layers().get(network.activationIndex(layer) - 1).name()).isEqualTo(layer);
  }

  @Test
  void withBatchNormalizationTheyAreAfterThatToo() {
    Vgg network = net(64).with().batchNorm(true).build();
    int index = network.activationIndex("conv2_1");

    assertThat(network.layers().get(index)).isInstanceOf(Layer.Relu.class);
    assertThat(network.layers().get(index - 1)).isInstanceOf(Layer.BatchNormalization.class);
    assertThat(network.layers().get(index - 2).name()).isEqualTo("conv2_1");
  }

  @ParameterizedTest
  @CsvSource({"pool3", "fc8"})
  void aPoolingAndTheScoresEndWithThemselves(String layer) {
    Vgg network = net(64);

    assertThat(network.layers().get(network.activationIndex(layer)).name()).isEqualTo(layer);
  }

  @Test
  void aNetworkThroughFc7HasFeaturesAndNoScores() {
    Vgg network = net(64).with().throughFc7().build();

    assertThat(network.classes()).isZero();
    assertThat(network.convolutionsOnly()).isFalse();
    assertThat(network.label()).isEqualTo("D, width 0.0625, through fc7");
    assertThat(network.layers()).extracting(Layer::name).contains("fc7").doesNotContain("fc8");
    assertThat(network).asString().contains("fc7").doesNotContain("fc8");
    assertThat(network.with().classifier().classes(5).build().layer("fc8")).isNotNull();
  }

  @Test
  void networksAreEqualIfTheirLayersInputAndFirstWeightsAre() {
    assertThat(net(64)).isEqualTo(net(64)).hasSameHashCodeAs(net(64));
    assertThat(net(64)).isNotEqualTo(net(96));
    assertThat(net(64)).isNotEqualTo(net(64).with().classes(4).build());
    assertThat(net(64)).isNotEqualTo(net(64).with().initialization(Initialization.paper()).build());
  }
}
