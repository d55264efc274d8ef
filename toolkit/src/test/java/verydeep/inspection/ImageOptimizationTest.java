package verydeep.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.RgbImage;
import verydeep.network.ImageTooSmallException;

/** Images made from features: the losses of PyTorch, gradients, interrupts, seeds. */
class ImageOptimizationTest {

  private static final String[] STYLE = {"conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"};

  private static ImageOptimization gatys() {
    RgbImage content = InspectionSamples.photo(0);
    return ImageOptimization.of(InspectionSamples.shipped())
        .add(Objective.content(content, "conv4_2"))
        .add(Objective.style(InspectionSamples.photo(1), STYLE).times(1000))
        .add(Objective.totalVariation().times(10))
        .start(content)
        .steps(10)
        .progress(ImageProgress.silent());
  }

  @ParameterizedTest
  @EnumSource(names = {"DJL", "FAST"})
  void theLossesOfAdamArePyTorchs(Arithmetic arithmetic) {
    double[] differences = compare(gatys().adam(1).arithmetic(arithmetic).run(), "losses/adam");
    assertThat(Arrays.stream(differences).max()).hasValueCloseTo(0.0, within(1e-4));
  }

  @ParameterizedTest
  @EnumSource(names = {"DJL", "FAST"})
  void theLossesOfLbfgsArePyTorchs(Arithmetic arithmetic) {
    double[] differences = compare(gatys().lbfgs().arithmetic(arithmetic).run(), "losses/lbfgs");
    assertThat(Arrays.stream(differences).limit(4).max()).hasValueCloseTo(0.0, within(2e-4));
    // where a pooling is near a tie, rounding decides, and L-BFGS carries that on
    assertThat(Arrays.stream(differences).max()).hasValueCloseTo(0.0, within(1e-2));
  }

  /** Relative differences. */
  private static double[] compare(OptimizedImage made, String golden) {
    float[] expected = InspectionSamples.GOLDEN.floats(golden);
    assertThat(made.losses()).hasSameSizeAs(expected);
    double[] differences = new double[expected.length];
    for (int i = 0; i < expected.length; i++) {
      differences[i] = Math.abs(made.losses()[i] - expected[i]) / expected[i];
    }
    return differences;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content",
        "style",
        "features",
        "channel",
        "strength",
        "score",
        "distance",
        "variation"
      })
  void gradientsAreFiniteDifferences(String which) {
    RgbImage image = mild(InspectionSamples.image("window/image"));
    RgbImage other = image.flip();
    Objective objective =
        switch (which) {
          case "content" -> Objective.content(other, "conv2_1");
          case "style" -> Objective.style(other, "conv1_2", "conv2_2");
          case "features" -> Objective.features(other, "conv2_2");
          case "channel" -> Objective.channel("conv2_1", 1);
          case "strength" -> Objective.strength("conv3_1");
          case "score" -> Objective.scoreOf("r");
          case "distance" ->
              Objective.distance(PerceptualDistance.of(InspectionSamples.shipped()), other);
          default -> Objective.totalVariation();
        };
    boolean wide = which.equals("distance"); // vectors of two channels turn at once
    GradientCheck.check(
        wide ? InspectionSamples.shipped() : InspectionSamples.small(), objective, image);
  }

  /** With levels that have room in both directions. */
  private static RgbImage mild(RgbImage image) {
    Pixels pixels = Pixels.of(image);
    for (int i = 0; i < pixels.levels().length; i++) {
      pixels.levels()[i] = 64 + pixels.levels()[i] / 2;
    }
    return pixels.image();
  }

  @Test
  void aSeedGivesTheSameBits() {
    ImageOptimization settings =
        ImageOptimization.strongestInput(InspectionSamples.shipped(), "conv3_1", 5)
            .noise(48, 40, 7)
            .steps(4)
            .progress(ImageProgress.silent());
    OptimizedImage one = settings.run();
    OptimizedImage other = settings.run();
    assertThat(one.image()).isEqualTo(other.image());
    assertThat(one.losses()).containsExactly(other.losses());
    assertThat(settings.noise(48, 40, 8).run().image()).isNotEqualTo(one.image());
  }

  @Test
  void anInterruptKeepsWhatIsThere() {
    OptimizedImage made =
        gatys()
            .progress(
                step -> {
                  if (step.step() == 3) {
                    Thread.currentThread().interrupt();
                  }
                })
            .run();
    assertThat(made.interrupted()).isTrue();
    assertThat(made.steps()).isEqualTo(3);
    assertThat(made.image()).isNotEqualTo(InspectionSamples.photo(0));
    assertThat(Thread.interrupted()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"DJL", "FAST"})
  void anInterruptBeforeTheFirstStepKeepsTheStart(Arithmetic arithmetic) {
    ImageOptimization settings = gatys().arithmetic(arithmetic);
    Thread.currentThread().interrupt();
    OptimizedImage made = settings.run();
    assertThat(Thread.interrupted()).isFalse();
    assertThat(made.interrupted()).isTrue();
    assertThat(made.steps()).isZero();
    assertThat(made.image()).isEqualTo(InspectionSamples.photo(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anImageThatCannotBeBetterStaysAsItIs(int steps) {
    RgbImage image = InspectionSamples.photo(0);
    ImageOptimization settings =
        ImageOptimization.of(InspectionSamples.shipped())
            .add(Objective.features(image, "conv2_1"))
            .start(image)
            .steps(steps)
            .progress(ImageProgress.silent());
    for (ImageOptimization descent : List.of(settings.lbfgs(), settings.adam(1))) {
      OptimizedImage made = descent.run();
      assertThat(made.losses()).containsOnly(0);
      assertThat(made.image()).isEqualTo(image);
    }
  }

  /** The kernels ask for interrupts in the middle of a pass, too. */
  @Test
  void anInterruptWithinAStepKeepsWhatIsThere() throws InterruptedException {
    Thread own = Thread.currentThread();
    Thread other = new Thread(own::interrupt);
    OptimizedImage made =
        gatys()
            .arithmetic(Arithmetic.FAST)
            .steps(1000)
            .progress(
                step -> {
                  if (step.step() == 2) {
                    other.start();
                  }
                })
            .run();
    other.join();
    assertThat(made.interrupted()).isTrue();
    assertThat(made.steps()).isBetween(2, 999);
  }

  @Test
  void inversionComesCloserToTheImage() {
    RgbImage image = InspectionSamples.photo(2);
    OptimizedImage made =
        ImageOptimization.inversion(InspectionSamples.shipped(), image, "conv2_1")
            .steps(30)
            .progress(ImageProgress.silent())
            .run();
    double[] losses = made.losses();
    assertThat(losses[losses.length - 1]).isLessThan(losses[0] / 4);
    assertThat(made).asString().startsWith("Image of 56 x 48 pixels after 30 steps");
  }

  @Test
  void badRequestsAreRefused() {
    ImageOptimization d = ImageOptimization.of(InspectionSamples.shipped());
    RgbImage image = InspectionSamples.photo(0);
    assertThatThrownBy(d::run).hasMessageContaining("no objective");
    assertThatThrownBy(() -> d.start(image.resize(20, 20)))
        .isInstanceOf(ImageTooSmallException.class);
    assertThatThrownBy(() -> d.add(Objective.content(image, "conv9_9")))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("There is no layer");
    assertThatThrownBy(() -> d.add(Objective.channel("conv1_1", 64)))
        .hasMessageContaining("whose channels are 0 to 63");
    assertThatThrownBy(() -> d.add(Objective.scoreOf("hat")))
        .hasMessageContaining("needs a network with classes");
    assertThatThrownBy(
            () -> ImageOptimization.of(InspectionSamples.small()).add(Objective.scoreOf("hat")))
        .hasMessageContaining("no class \"hat\"");
    PerceptualDistance other = PerceptualDistance.of(InspectionSamples.small());
    assertThatThrownBy(() -> d.add(Objective.distance(other, image)))
        .hasMessageContaining("on other weights");
    ImageOptimization large =
        d.add(Objective.content(image, "conv1_1")).progress(ImageProgress.silent());
    assertThatThrownBy(large::run).hasMessageContaining("56 x 48 pixels and the one");
    assertThatThrownBy(() -> d.steps(0)).isInstanceOf(VerydeepException.class);
    assertThatThrownBy(() -> d.adam(0)).isInstanceOf(VerydeepException.class);
    assertThatThrownBy(() -> d.jitter(-1)).isInstanceOf(VerydeepException.class);
    assertThatThrownBy(() -> Objective.style(image)).isInstanceOf(VerydeepException.class);
    assertThatThrownBy(() -> Objective.totalVariation().times(Double.NaN))
        .isInstanceOf(VerydeepException.class);
    assertThatThrownBy(() -> Texture.waves(8, 1)).hasMessageContaining("from 16 to 4096");
  }

  @Test
  void texturesAreDrawnFromTheirSeed() {
    for (List<RgbImage> same :
        List.of(
            List.of(Texture.waves(32, 1), Texture.waves(32, 1), Texture.waves(32, 2)),
            List.of(Texture.mosaic(32, 1), Texture.mosaic(32, 1), Texture.mosaic(32, 2)))) {
      assertThat(same.get(0)).isEqualTo(same.get(1)).isNotEqualTo(same.get(2));
    }
  }
}
