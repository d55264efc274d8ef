package verydeep.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.classification.Classifier;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;

/** Maps of the evidence for a class against captum's. */
class AttributionGoldensTest {

  private static final String[] ALL = InspectionSamples.CLASSES.toArray(new String[0]);

  /** Classes whose maps of pixels are in the file. */
  private static final String[] SHOWN = {"p", "s"};

  @ParameterizedTest
  @CsvSource({"window, conv5_3", "window, conv3_2", "whole, conv5_3", "whole, conv3_2"})
  void gradCamIsCaptums(String what, String layer) {
    RgbImage image = InspectionSamples.image(what + "/image");
    Attribution maps =
        GradCam.of(InspectionSamples.small())
            .layer(layer)
            .scale(image.smallestSide())
            .run(image, ALL);
    compare(maps, what + "/gradcam/" + layer, 1e-4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"window", "whole"})
  void saliencyIsCaptums(String what) {
    RgbImage image = InspectionSamples.image(what + "/image");
    Attribution maps =
        Saliency.of(InspectionSamples.small()).scale(image.smallestSide()).run(image, SHOWN);
    compare(maps, what + "/saliency", 1e-4);
  }

  @Test
  void occlusionIsCaptums() {
    RgbImage image = InspectionSamples.image("window/image");
    try (Classifier classifier =
        InspectionSamples.small().classifier().scales(64).flipped(false).open()) {
      Attribution maps =
          Occlusion.of(classifier)
              .patch(16)
              .stride(10)
              .color(new Rgb(124, 117, 104))
              .run(image, SHOWN);
      compare(maps, "window/occlusion", 1e-3); // differences of posteriors lose digits
    }
  }

  @Test
  void withoutNamesTheThreeHighestScoresAreShown() {
    RgbImage image = InspectionSamples.image("window/image");
    Attribution maps = GradCam.of(InspectionSamples.small()).run(image);
    float[] posteriors = InspectionSamples.GOLDEN.floats("window/posteriors");
    assertThat(maps.maps()).hasSize(3);
    for (AttributionMap map : maps.maps()) {
      int label = InspectionSamples.CLASSES.indexOf(map.className());
      assertThat(map.score()).isCloseTo(posteriors[label], within(1e-4));
    }
    assertThat(maps.maps().get(0).score()).isGreaterThanOrEqualTo(maps.maps().get(2).score());
  }

  private static void compare(Attribution maps, String golden, double tolerance) {
    float[] expected = InspectionSamples.GOLDEN.floats(golden);
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isPositive();
    int at = 0;
    for (AttributionMap map : maps.maps()) {
      for (int row = 0; row < map.rows(); row++) {
        for (int column = 0; column < map.columns(); column++) {
          assertThat((double) map.value(row, column))
              .as("%s of %s at %d, %d", golden, map.className(), row, column)
              .isCloseTo(expected[at++], within(tolerance * largest));
        }
      }
    }
    assertThat(at).isEqualTo(expected.length);
  }
}
