package verydeep.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import verydeep.VerydeepException;
import verydeep.data.RgbImage;
import verydeep.weights.Checkpoint;

/** What each channel makes of an image. */
class ChannelMapsTest {

  private static final Checkpoint D = InspectionSamples.small();
  private static final RgbImage IMAGE = InspectionSamples.image("window/image");

  @Test
  void aMapHasThePlacesOfItsLayer() {
    ChannelMaps maps = ChannelMaps.of(D, IMAGE, "conv2_1");

    int side = D.network().input() / 2;
    assertThat(maps.shape().channels()).isEqualTo(channels("conv2_1"));
    assertThat(maps.shape().height()).isEqualTo(side);
    assertThat(maps.shape().width()).isEqualTo(side);
    assertThat(maps.layer()).isEqualTo("conv2_1");
    assertThat(maps.image().smallestSide()).isEqualTo(D.network().input());
  }

  private static int channels(String layer) {
    return D.network().summary().row(layer).output().channels();
  }

  @Test
  void anotherScaleHasOtherPlaces() {
    RgbImage wide = IMAGE.resize(96, 64);
    ChannelMaps maps = ChannelMaps.of(D, wide, "pool1", 64);

    assertThat(maps.shape().height()).isEqualTo(32);
    assertThat(maps.shape().width()).isEqualTo(48);
  }

  @Test
  void activationsAreThoseAfterTheRelu() {
    ChannelMaps maps = ChannelMaps.of(D, IMAGE, "conv1_1");

    for (int k = 0; k < maps.shape().channels(); k++) {
      float highest = 0;
      for (int y = 0; y < maps.shape().height(); y++) {
        for (int x = 0; x < maps.shape().width(); x++) {
          assertThat(maps.value(k, y, x)).isGreaterThanOrEqualTo(0);
          highest = Math.max(highest, maps.value(k, y, x));
        }
      }
      assertThat(maps.highest(k)).isEqualTo(highest);
    }
  }

  @Test
  void aPoolingIsTheHighestOfFour() {
    ChannelMaps before = ChannelMaps.of(D, IMAGE, "conv1_2");
    ChannelMaps after = ChannelMaps.of(D, IMAGE, "pool1");

    for (int k = 0; k < after.shape().channels(); k++) {
      float highest =
          Math.max(
              Math.max(before.value(k, 10, 20), before.value(k, 10, 21)),
              Math.max(before.value(k, 11, 20), before.value(k, 11, 21)));
      assertThat(after.value(k, 5, 10)).isEqualTo(highest);
    }
  }

  @Test
  void theStrongestChannelsHaveTheHighestMeans() {
    ChannelMaps maps = ChannelMaps.of(D, IMAGE, "conv3_1");
    int all = maps.shape().channels();

    List<Integer> order = maps.strongest(1000);
    assertThat(order).hasSize(all).doesNotHaveDuplicates();
    for (int i = 1; i < all; i++) {
      assertThat(mean(maps, order.get(i - 1))).isGreaterThanOrEqualTo(mean(maps, order.get(i)));
    }
    assertThat(maps.strongest(2)).isEqualTo(order.subList(0, 2));
  }

  private static float mean(ChannelMaps maps, int channel) {
    double sum = 0;
    for (int y = 0; y < maps.shape().height(); y++) {
      for (int x = 0; x < maps.shape().width(); x++) {
        sum += maps.value(channel, y, x);
      }
    }
    return (float) (sum / maps.shape().height() / maps.shape().width());
  }

  @Test
  void channelsThatRespondToNothingAreCounted() {
    ChannelMaps maps = ChannelMaps.of(D, IMAGE, "conv1_1");
    long silent = 0;
    for (int k = 0; k < maps.shape().channels(); k++) {
      silent += maps.highest(k) <= 0 ? 1 : 0;
    }

    assertThat(maps)
        .asString()
        .startsWith("conv1_1 of VGG D")
        .endsWith(silent + " channels respond to nothing");
  }

  @Test
  void whatIsOutsideAMapIsRefused() {
    ChannelMaps maps = ChannelMaps.of(D, IMAGE, "conv1_1");
    int channels = maps.shape().channels();

    assertThatThrownBy(() -> maps.value(channels, 0, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> maps.value(0, -1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> maps.value(0, 0, 1000)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> maps.highest(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> maps.strongest(0))
        .isInstanceOf(VerydeepException.class)
        .hasMessage("The number of channels is 0; it must be 1 or more.");
    assertThatThrownBy(() -> ChannelMaps.of(D, IMAGE, "conv9_1"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("There is no layer \"conv9_1\"");
  }
}
