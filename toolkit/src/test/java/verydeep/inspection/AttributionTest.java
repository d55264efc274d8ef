package verydeep.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import verydeep.VerydeepException;
import verydeep.classification.Classification;
import verydeep.classification.Classifier;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.network.ImageTooSmallException;

/** Maps of the evidence for a class: how they are asked for, and how faithful they are. */
class AttributionTest {

  private static final RgbImage IMAGE = InspectionSamples.image("window/image");

  @Test
  void valuesAreInterpolatedBetweenTheCentersOfCells() {
    var grid = new AttributionMap.Grid(2, 2, 8, 8, 16, 16);
    AttributionMap map = AttributionMap.of("p", 0.5, 0, grid, new float[] {0, 1, 2, 3});
    assertThat(map.at(8, 8)).isZero();
    assertThat(map.at(16, 8)).isEqualTo(0.5);
    assertThat(map.at(16, 16)).isEqualTo(1.5);
    assertThat(map.at(-50, 500)).isEqualTo(2);
    assertThat(map.sum()).isEqualTo(6);
  }

  @Test
  void networksWithoutClassesAreRefused() {
    assertThatThrownBy(() -> GradCam.of(InspectionSamples.shipped()))
        .isInstanceOf(VerydeepException.class)
        .hasMessage(
            "Grad-CAM needs a network with classes, and VGG D, convolutions only has none. A"
                + " linear SVM on its features has: svm.evidence(image).");
    assertThatThrownBy(() -> Saliency.of(InspectionSamples.shipped()))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("needs a network with classes");
  }

  @Test
  void layersThatAreNoConvolutionsAreRefused() {
    GradCam cam = GradCam.of(InspectionSamples.small());
    assertThatThrownBy(() -> cam.layer("pool5"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageStartingWith("Grad-CAM weighs the maps of a convolution, and pool5 of VGG D")
        .hasMessageContaining("its convolutions are conv1_1, conv1_2");
    assertThatThrownBy(() -> cam.layer("conv6_1"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("There is no layer");
    assertThatThrownBy(() -> ChannelMaps.of(InspectionSamples.small(), IMAGE, "fc6"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("has units, not maps");
  }

  @Test
  void imagesSmallerThanTheFieldAreRefused() {
    assertThatThrownBy(() -> GradCam.of(InspectionSamples.small()).scale(63))
        .isInstanceOf(ImageTooSmallException.class);
    assertThatThrownBy(() -> Saliency.of(InspectionSamples.small()).scale(63))
        .isInstanceOf(ImageTooSmallException.class);
    assertThatThrownBy(() -> ChannelMaps.of(InspectionSamples.small(), IMAGE, "conv1_1", 63))
        .isInstanceOf(ImageTooSmallException.class);
  }

  @Test
  void unknownClassesAreNamedWithThoseThatThereAre() {
    GradCam cam = GradCam.of(InspectionSamples.small());
    assertThatThrownBy(() -> cam.run(IMAGE, "hat"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("no class \"hat\"");
    Attribution two = cam.run(IMAGE, "q", "r");
    assertThat(two.classes()).containsExactly("q", "r");
    assertThatThrownBy(() -> two.map("p")).hasMessageContaining("\"q\", \"r\"");
  }

  @Test
  void squaresThatDoNotFitAreRefused() {
    try (Classifier classifier = InspectionSamples.small().classifier().scales(64).open()) {
      Occlusion occlusion = Occlusion.of(classifier);
      assertThatThrownBy(() -> occlusion.patch(65).run(IMAGE))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContaining("must fit into the image of 64 x 64");
      assertThatThrownBy(() -> occlusion.patch(8).stride(9).run(IMAGE))
          .hasMessageContaining("distances of 9");
      assertThatThrownBy(() -> occlusion.patch(0)).hasMessageContaining("must be 1 or more");
    }
  }

  @Test
  void aFaithfulMapHasASmallAreaOfDeletionAndALargeOneOfInsertion() {
    RgbImage red = Painted.plain(16, 16, new Rgb(255, 0, 0));
    float[] left = new float[256];
    float[] right = new float[256];
    for (int i = 0; i < 256; i++) {
      left[i] = i % 16 < 8 ? 1 : 0;
      right[i] = 1 - left[i];
    }
    Classifier classifier = new RedLeft();
    Faithfulness faithful = Faithfulness.of(classifier, attribution(red, left), "red", 4);
    Faithfulness wrong = Faithfulness.of(classifier, attribution(red, right), "red", 4);
    assertThat(faithful.fractions()).containsExactly(0, 0.25, 0.5, 0.75, 1);
    assertThat(faithful.deletion()).containsExactly(new double[] {1, 0.5, 0, 0, 0}, within(1e-6));
    assertThat(wrong.deletion()).containsExactly(new double[] {1, 1, 1, 0.5, 0}, within(1e-6));
    assertThat(faithful.deletionArea()).isCloseTo(0.25, within(1e-6));
    assertThat(wrong.deletionArea()).isCloseTo(0.75, within(1e-6));
    assertThat(faithful.insertion()[0]).isEqualTo(1, within(1e-6)); // plain red stays plain red
    assertThat(faithful).asString().startsWith("red: deletion 25.0%");
    assertThatThrownBy(() -> Faithfulness.of(classifier, attribution(red, left), "red", 0))
        .hasMessageContaining("there must be 1 or more");
  }

  private static Attribution attribution(RgbImage image, float[] values) {
    AttributionMap map = AttributionMap.of("red", 1, 0, AttributionMap.Grid.pixels(16, 16), values);
    return Attribution.of("by hand", "nothing", image, Classification.Kind.POSTERIOR, List.of(map));
  }

  @Test
  void mapsOfWrongSizesAreRefused() {
    var grid = AttributionMap.Grid.pixels(2, 2);
    assertThatThrownBy(() -> AttributionMap.of("p", 0, 0, grid, new float[3]))
        .hasMessageContaining("2 rows and 2 columns");
    assertThatThrownBy(() -> AttributionMap.of("p", 0, 0, grid, new float[] {0, Float.NaN, 0, 0}))
        .hasMessageContaining("not finite");
    assertThatThrownBy(() -> new AttributionMap.Grid(0, 1, 0, 0, 1, 1))
        .isInstanceOf(VerydeepException.class);
  }
}
