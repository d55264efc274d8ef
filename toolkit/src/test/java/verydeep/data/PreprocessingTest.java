package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class PreprocessingTest {
  /** One row of two pixels, no two values alike: exchanging red and blue must be seen. */
  private static final RgbImage IMAGE =
      RgbImage.of(2, 1, new byte[] {(byte) 200, 100, 50, 10, 20, 30});

  private static float[] write(Preprocessing preprocessing) {
    FloatBuffer buffer = FloatBuffer.allocate(6);
    preprocessing.write(IMAGE, buffer);
    assertThat(buffer.position()).isEqualTo(6);
    return buffer.array();
  }

  @Test
  void paperSubtractsTheMeanFromRedGreenBluePlanes() {
    assertThat(write(Preprocessing.paper(new Rgb(1, 2, 3))))
        .containsExactly(199, 9, 98, 18, 47, 27);
  }

  @Test
  void caffePutsBlueFirst() {
    assertThat(write(Preprocessing.caffe()))
        .containsExactly(
            new float[] {
              50 - 103.939f,
              30 - 103.939f,
              100 - 116.779f,
              20 - 116.779f,
              200 - 123.68f,
              10 - 123.68f
            },
            within(1e-5f));
  }

  @Test
  void torchvisionScalesAndDividesByTheDeviation() {
    float[] values = write(Preprocessing.torchvision());
    assertThat(values[0]).isCloseTo((200 / 255f - 0.485f) / 0.229f, within(1e-6f));
    assertThat(values[5]).isCloseTo((30 / 255f - 0.406f) / 0.225f, within(1e-6f));
  }

  @Test
  void writesAtThePositionAndLeavesTheRest() {
    FloatBuffer buffer = FloatBuffer.allocate(10).position(2);
    Preprocessing.paper(Rgb.ZERO).write(IMAGE, buffer);
    assertThat(buffer.position()).isEqualTo(8);
    assertThat(buffer.array()).containsExactly(0, 0, 200, 10, 100, 20, 50, 30, 0, 0);
  }

  @Test
  void badValuesAreNamed() {
    Preprocessing paper = Preprocessing.paper(Rgb.ZERO);
    assertThatThrownBy(() -> paper.write(IMAGE, FloatBuffer.allocate(5)))
        .hasMessageContaining("needs 6 elements, but the buffer has 5");
    assertThatThrownBy(
            () -> new Preprocessing(Preprocessing.ChannelOrder.RGB, 0, Rgb.ZERO, new Rgb(1, 1, 1)))
        .hasMessageContaining("must be positive");
    assertThatThrownBy(
            () -> new Preprocessing(Preprocessing.ChannelOrder.RGB, 1, Rgb.ZERO, new Rgb(1, 0, 1)))
        .hasMessageContaining("must be positive");
    assertThatThrownBy(() -> new Rgb(1, Double.NaN, 1)).hasMessageContaining("NaN");
  }
}
