package verydeep.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.FileException;
import verydeep.Goldens;
import verydeep.VerydeepException;
import verydeep.data.RgbImage;
import verydeep.network.ImageTooSmallException;

/** The distance of two images against the Python package lpips. */
class PerceptualDistanceTest {

  private static final int SIDE = 256;

  @TempDir private Path folder;

  @Test
  void theUnlearnedDistanceSharesSixDigitsWithPyTorch() {
    compare(PerceptualDistance.of(InspectionSamples.shipped()), "unlearned");
  }

  @Test
  void theLearnedDistanceSharesSixDigitsWithLpips() {
    compare(PerceptualDistance.of(InspectionSamples.shipped()).heads(heads()), "learned");
  }

  private static void compare(PerceptualDistance distance, String name) {
    RgbImage first = InspectionSamples.photo(0).resize(SIDE, SIDE);
    List<RgbImage> others =
        List.of(
            InspectionSamples.photo(1).resize(SIDE, SIDE),
            InspectionSamples.photo(2).resize(SIDE, SIDE));
    List<PerceptualDistance.Difference> found = distance.from(first, others);
    for (int i = 0; i < found.size(); i++) {
      String golden = "distance/" + name + "/" + (i + 1);
      double expected = InspectionSamples.GOLDEN.floats(golden)[0];
      assertThat(found.get(i).value()).isCloseTo(expected, within(1e-6 * expected));
      float[] layers = InspectionSamples.GOLDEN.floats(golden + "/layers");
      int at = 0;
      for (double own : found.get(i).byLayer().values()) {
        assertThat(own).isCloseTo(layers[at], within(2e-6 * layers[at]));
        at++;
      }
      assertThat(at).isEqualTo(layers.length);
    }
  }

  private static Path heads() {
    try {
      return Path.of(Goldens.class.getResource("goldens/lpips-heads.pth").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anImageHasNoDistanceFromItself() {
    RgbImage image = InspectionSamples.photo(0);
    PerceptualDistance.Difference difference =
        PerceptualDistance.of(InspectionSamples.shipped()).between(image, image);
    assertThat(difference.value()).isZero();
    assertThat(difference.byLayer().keySet())
        .containsExactly("conv1_2", "conv2_2", "conv3_3", "conv4_3", "conv5_3");
  }

  @Test
  void aDistanceSaysWhatItStandsOn() {
    PerceptualDistance unlearned = PerceptualDistance.of(InspectionSamples.shipped());
    assertThat(unlearned.layers("conv3_3").basis()).startsWith("unlearned distance in conv3_3 of");
    assertThat(unlearned.heads(heads()).basis())
        .contains("lpips-heads.pth")
        .contains("published LPIPS only with its heads, on torchvision's weights of D");
  }

  @Test
  void headsAreFoundInALocaleOfOtherDigits() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(PerceptualDistance.of(InspectionSamples.shipped()).heads(heads()).basis())
          .contains("lpips-heads.pth");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void headsOfOtherLayersAreRefused() {
    PerceptualDistance four =
        PerceptualDistance.of(InspectionSamples.shipped())
            .layers("conv1_2", "conv2_2", "conv3_3", "conv4_3");
    assertThatThrownBy(() -> four.heads(heads()))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("heads of more than 4 layers");
    PerceptualDistance six =
        PerceptualDistance.of(InspectionSamples.shipped())
            .layers("conv1_2", "conv2_2", "conv3_3", "conv4_3", "conv5_3", "pool5");
    assertThatThrownBy(() -> six.heads(heads()))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("\"lin5.model.1.weight\", the head of pool5");
    assertThatThrownBy(
            () -> PerceptualDistance.of(InspectionSamples.small()).heads(heads().toString()))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("has 64 weights, and conv1_2 has 2 channels");
  }

  @Test
  void damagedFilesOfHeadsAreRefused() throws IOException {
    PerceptualDistance distance = PerceptualDistance.of(InspectionSamples.shipped());
    byte[] whole = Files.readAllBytes(heads());
    Random random = new Random(22);
    for (int i = 0; i < 300; i++) {
      byte[] damaged =
          i % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      for (int k = 0; k < 4 && damaged.length > 0; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("damaged.pth"), damaged);
      try {
        distance.heads(file);
      } catch (FileException e) {
        assertThat(e).hasMessageContaining("damaged.pth");
      }
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    PerceptualDistance distance = PerceptualDistance.of(InspectionSamples.shipped());
    assertThatThrownBy(() -> distance.heads(folder.resolve("none.pth")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("none.pth");
  }

  @Test
  void badRequestsAreRefused() {
    PerceptualDistance distance = PerceptualDistance.of(InspectionSamples.shipped());
    RgbImage image = InspectionSamples.photo(0);
    assertThatThrownBy(() -> distance.between(image, image.resize(50, 50)))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("56 x 48 and 50 x 50");
    assertThatThrownBy(() -> distance.between(image.resize(20, 20), image.resize(20, 20)))
        .isInstanceOf(ImageTooSmallException.class);
    assertThatThrownBy(() -> distance.layers("conv9_9"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("There is no layer");
    assertThatThrownBy(distance::layers).hasMessageContaining("at least one layer");
    assertThatThrownBy(() -> PerceptualDistance.of(InspectionSamples.small()).layers("fc7"))
        .hasMessageContaining("fc7 has no places");
    assertThatThrownBy(() -> distance.from(image, List.of()))
        .hasMessageContaining("needs another image");
  }
}
