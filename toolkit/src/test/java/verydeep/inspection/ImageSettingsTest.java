package verydeep.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import verydeep.VerydeepException;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;

/** Settings that are ready to use, progress, and what is printed of an image being made. */
@Timeout(60)
class ImageSettingsTest {

  private static final RgbImage PHOTO = InspectionSamples.photo(0);

  /** Smooth and nothing else, which needs no pass of the network. */
  private static ImageOptimization smooth() {
    return ImageOptimization.of(InspectionSamples.small())
        .add(Objective.totalVariation())
        .noise(64, 64, 3)
        .progress(ImageProgress.silent());
  }

  @Test
  void styleTransferIsThePapersContentAndStyle() {
    RgbImage style = InspectionSamples.photo(1);
    OptimizedImage ready =
        ImageOptimization.styleTransfer(InspectionSamples.shipped(), PHOTO, style)
            .steps(2)
            .progress(ImageProgress.silent())
            .run();
    OptimizedImage byHand =
        ImageOptimization.of(InspectionSamples.shipped())
            .add(Objective.content(PHOTO, "conv4_2"))
            .add(
                Objective.style(style, "conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1")
                    .times(1000))
            .start(PHOTO)
            .adam(4)
            .steps(2)
            .progress(ImageProgress.silent())
            .run();

    assertThat(ready.image()).isEqualTo(byHand.image());
    assertThat(ready.losses()).containsExactly(byHand.losses());
    assertThat(ready.objectives())
        .containsExactly(
            "content in conv4_2",
            "1000 times style in conv1_1, conv2_1, conv3_1, conv4_1, conv5_1");
  }

  @Test
  void deepDreamMakesALayerAnswerMore() {
    OptimizedImage made =
        ImageOptimization.deepDream(InspectionSamples.shipped(), PHOTO, "conv3_1")
            .jitter(0)
            .steps(4)
            .progress(ImageProgress.silent())
            .run();

    double[] losses = made.losses();
    for (int i = 1; i < losses.length; i++) {
      assertThat(losses[i]).isLessThan(losses[i - 1]);
    }
    assertThat(made.image().width()).isEqualTo(PHOTO.width());
  }

  @Test
  void theLossOfTotalVariationIsTheMeanSquaredDifferenceOfNeighbors() {
    RgbImage halves = RgbImage.of(2, 1, new byte[] {0, 0, 0, 10, 20, 30}).resize(64, 64);
    OptimizedImage made = smooth().start(halves).steps(1).run();

    double sum = 0;
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x + 1 < 64; x++) {
        sum += Math.pow(halves.red(x + 1, y) - halves.red(x, y), 2);
        sum += Math.pow(halves.green(x + 1, y) - halves.green(x, y), 2);
        sum += Math.pow(halves.blue(x + 1, y) - halves.blue(x, y), 2);
      }
    }
    assertThat(made.losses()[0]).isCloseTo(sum / (3 * 64 * 64), within(1e-9 * sum));
  }

  @Test
  void progressIsToldOfEachStepAndOfTheEnd() {
    List<String> told = new ArrayList<>();
    List<RgbImage> images = new ArrayList<>();
    OptimizedImage made =
        smooth()
            .steps(3)
            .progress(
                new ImageProgress() {
                  @Override
                  public void step(Step step) {
                    told.add(step.step() + " of " + step.steps());
                    images.add(step.image());
                    assertThat(step.seconds()).isPositive();
                    assertThat(step).asString().matches("step \\d/3, loss [0-9.]+, \\d+ s left");
                  }

                  @Override
                  public void ended(OptimizedImage image) {
                    told.add("ended after " + image.steps());
                  }
                })
            .run();

    assertThat(told).containsExactly("1 of 3", "2 of 3", "3 of 3", "ended after 3");
    assertThat(images.get(2)).isEqualTo(made.image());
    assertThat(made.losses()).hasSize(3).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void aLossThatOverflowsEndsWithAdvice() {
    ImageOptimization settings =
        ImageOptimization.of(InspectionSamples.small())
            .add(Objective.totalVariation().times(1e300).times(1e8))
            .noise(64, 64, 1)
            .progress(ImageProgress.silent());

    assertThatThrownBy(settings::run)
        .isInstanceOf(VerydeepException.class)
        .hasMessage(
            "The loss became Infinity after 0 steps. Use smaller weights, or a smaller rate.");
  }

  @Test
  void anImageSaysItsSizeStepsLossesAndObjectives() {
    OptimizedImage made = smooth().steps(2).run();

    assertThat(made)
        .asString()
        .startsWith("Image of 64 x 64 pixels after 2 steps in ")
        .contains(", loss ", " to ")
        .endsWith("\ntotal variation")
        .doesNotContain("interrupted");
    assertThat(made.losses()).isNotSameAs(made.losses());
    assertThat(smooth())
        .hasToString("image of 64 x 64 pixels from VGG D, width 0.0313: [total variation]");
  }

  @Test
  void objectivesPrintTheirWeights() {
    assertThat(Objective.channel("conv3_1", 7)).hasToString("channel 7 of conv3_1");
    assertThat(Objective.strength("pool2").times(0.5))
        .hasToString("0.5000 times strength of pool2");
    assertThat(Objective.scoreOf("hat").times(2).times(3)).hasToString("6.000 times score of hat");
  }

  @Test
  void texturesHaveTheColorsOfTheirPalette() {
    RgbImage mosaic = Texture.mosaic(64, 5);
    int dark = 0;
    for (int i = 0; i < 64 * 64; i++) {
      Rgb color =
          new Rgb(
              mosaic.red(i % 64, i / 64),
              mosaic.green(i % 64, i / 64),
              mosaic.blue(i % 64, i / 64));
      dark += color.equals(new Rgb(0x1a, 0x17, 0x14)) ? 1 : 0;
    }
    assertThat(dark).as("joints").isBetween(64, 64 * 64 / 2);
    assertThat(Texture.waves(16, 1).width()).isEqualTo(16);
    assertThatThrownBy(() -> Texture.mosaic(15, 1))
        .isInstanceOf(VerydeepException.class)
        .hasMessage("The side of a texture is 15 pixels; it must be from 16 to 4096.");
  }
}
