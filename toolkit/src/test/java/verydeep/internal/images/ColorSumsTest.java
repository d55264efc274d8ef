package verydeep.internal.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.data.ColorStatistics;
import verydeep.data.Images;
import verydeep.data.Rgb;
import verydeep.drawn.DrawnImages;

class ColorSumsTest {

  @TempDir Path root;

  @Test
  void anyPartsGiveTheBitsOfTheWhole() {
    Images images = DrawnImages.noise(root, 3, 30, 20, 25, 35, 22, 22, 40, 21, 9, 50);
    ColorSums whole = of(images);
    ColorSums parts =
        of(images.subset(4))
            .plus(of(images.subset(1, 3)))
            .plus(ColorSums.NONE)
            .plus(of(images.subset(2, 0)));
    assertThat(parts).isEqualTo(whole);
    assertThat(whole.pixels()).isEqualTo(30 * 20 + 25 * 35 + 22 * 22 + 40 * 21 + 9 * 50);
    Rgb mean = ColorStatistics.of(images).mean();
    assertThat(parts.mean()).containsExactly(mean.red(), mean.green(), mean.blue());
    assertThat(parts.covariance()).isDeepEqualTo(ColorStatistics.of(images).covariance());
  }

  private static ColorSums of(Images images) {
    return IntStream.range(0, images.size())
        .mapToObj(i -> ColorSums.of(SharedPixels.of(images.image(i))))
        .reduce(ColorSums.NONE, ColorSums::plus);
  }

  @Test
  void tenThousandBillionImagesDoNotOverflow() {
    byte[] pixels = {10, 20, 30, (byte) 250, 0, 7};
    ColorSums one = ColorSums.of(pixels);
    ColorSums many = one;
    for (int i = 0; i < 70; i++) {
      many = many.plus(many);
    }
    assertThat(many.pixels()).isEqualTo(BigInteger.TWO.pow(71));
    assertThat(many.mean()).containsExactly(130, 10, 18.5);
    assertThat(many.covariance()).isDeepEqualTo(one.covariance());
  }

  @Test
  void whatAreNoSumsIsRefused() {
    assertThatThrownBy(() -> new ColorSums(List.of(BigInteger.ONE)))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("10 numbers are needed");
    assertThatThrownBy(() -> new ColorSums(Collections.nCopies(10, BigInteger.valueOf(-1))))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("none below 0");
  }

  @Test
  void theyPrintInALine() {
    assertThat(ColorSums.of(new byte[] {1, 2, 3})).hasToString("1 pixels, mean RGB 1.0 2.0 3.0");
    assertThat(ColorSums.NONE).hasToString("no pixels");
  }
}
