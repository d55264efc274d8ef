package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.VerydeepException;
import verydeep.internal.images.Resampling;

class ResamplingTest {
  @ParameterizedTest
  @CsvSource({
    "61,43", "30,20", "7,5", "64,64", "97,31", "61,20", "20,43", "1,1", "123,86",
  })
  void resizingIsBitExactWithPillow(int width, int height) {
    RgbImage resized = Goldens.image("resize-source.png").resize(width, height);
    assertThat(resized).isEqualTo(Goldens.image("resize-%dx%d.png".formatted(width, height)));
  }

  @ParameterizedTest
  @CsvSource({"7,54", "20,150", "30,100", "22,90", "11,170"})
  void resizingATallImageIsBitExactWithPillow(int width, int height) {
    RgbImage resized = Goldens.image("tall-source.png").resize(width, height);
    assertThat(resized).isEqualTo(Goldens.image("tall-%dx%d.png".formatted(width, height)));
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 37, 43, 50})
  void rescalingEqualsTorchvisionsResize(int side) {
    RgbImage rescaled = Goldens.image("resize-source.png").rescale(side);
    assertThat(rescaled).isEqualTo(Goldens.image("rescale-%d.png".formatted(side)));
    assertThat(rescaled.smallestSide()).isEqualTo(side);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 41, 42, 43})
  void centreCropLiesWhereTorchvisionsLies(int side) {
    RgbImage crop = Goldens.image("resize-source.png").centerCrop(side);
    assertThat(crop).isEqualTo(Goldens.image("center-%d.png".formatted(side)));
  }

  @Test
  void longerSideIsTruncated() {
    assertThat(Goldens.noise(100, 151, 1).rescale(64).height()).isEqualTo(96);
    assertThat(Goldens.noise(341, 256, 1).rescale(100).width()).isEqualTo(133);
    assertThat(Goldens.noise(50, 50, 1).rescale(31)).hasToString("RgbImage of 31 x 31 pixels");
  }

  @Test
  void anyWindowEqualsTheSameWindowOfTheWhole() {
    SplittableRandom random = new SplittableRandom(7);
    Resampling resampling = new Resampling();
    for (int i = 0; i < 300; i++) {
      RgbImage source = Goldens.noise(random.nextInt(1, 90), random.nextInt(1, 90), i);
      int width = random.nextInt(1, 90);
      int height = random.nextInt(1, 90);
      int w = random.nextInt(1, width + 1);
      int h = random.nextInt(1, height + 1);
      int x = random.nextInt(width - w + 1);
      int y = random.nextInt(height - h + 1);
      byte[] window =
          resampling.window(
              source.rgb(), source.width(), source.height(), width, height, x, y, w, h);
      RgbImage whole = source.resize(width, height);
      byte[] part = whole.crop(x, y, w, h).rgb();
      assertThat(window).startsWith(part);
      assertThat(source.resizedCrop(width, height, x, y, w, h).rgb()).isEqualTo(part);
    }
  }

  /** Rows alone need no more of the source than fits between the two filters. */
  @ParameterizedTest
  @CsvSource({"400,900,250,700", "70,1100,90,500", "1300,300,400,100", "20,2000,19,600"})
  void anImageThatIsFilteredInPartsEqualsItsRows(int from, int fromHeight, int to, int toHeight) {
    RgbImage source = Goldens.noise(from, fromHeight, 1);
    RgbImage whole = source.resize(to, toHeight);
    for (int y = 0; y < toHeight; y++) {
      RgbImage row = source.resizedCrop(to, toHeight, 0, y, to, 1);
      assertThat(row).isEqualTo(whole.crop(0, y, to, 1));
    }
  }

  @Test
  void aFlatImageStaysFlat() {
    byte[] white = new byte[3 * 4000];
    java.util.Arrays.fill(white, (byte) 255);
    RgbImage line = RgbImage.of(4000, 1, white).resize(3, 2);
    assertThat(line.red(1, 1)).isEqualTo(255);
    assertThat(line.blue(2, 0)).isEqualTo(255);
  }

  @Test
  void whiteStaysWhiteAsTheMeanOfMany() {
    byte[] white = new byte[3 * 400_000];
    java.util.Arrays.fill(white, (byte) 255);
    RgbImage across = RgbImage.of(400_000, 1, white).resize(1, 1);
    RgbImage down = RgbImage.of(1, 400_000, white).resize(1, 1);
    assertThat(across.rgb()).containsOnly(-1);
    assertThat(down).isEqualTo(across);
  }

  @Test
  void sizesOutOfRangeAreNamed() {
    RgbImage image = Goldens.noise(10, 20, 1);
    assertThatThrownBy(() -> image.resize(0, 5)).hasMessageContaining("0 x 5");
    assertThatThrownBy(() -> image.resize(100_000, 100_000)).hasMessageContaining("178956970");
    assertThatThrownBy(() -> image.crop(5, 0, 6, 1)).hasMessageContaining("10 x 20");
    assertThatThrownBy(() -> image.crop(0, -1, 6, 1)).hasMessageContaining("(0, -1)");
    assertThatThrownBy(() -> image.centerCrop(11)).hasMessageContaining("11 x 11");
    assertThatThrownBy(() -> Goldens.noise(1, 5000, 1).rescale(1_000_000))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("too thin");
  }
}
