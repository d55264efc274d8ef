package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static verydeep.network.Configuration.A;

import ai.djl.Device;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.Goldens;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Split;
import verydeep.drawn.DrawnImages;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** Networks with batch normalization on the toolkit's own kernels. */
@Timeout(120)
class NormalizedTrainingTest {

  @TempDir static Path root;
  @TempDir Path target;
  private static Split<Images> shapes;

  private static final Vgg NET =
      Vgg.of(A).classes(3).width(1 / 16.0).input(32).batchNorm(true).build();
  private static final Recipe RECIPE = Recipe.paper().batch(8).rate(0.01).epochs(2);

  @BeforeAll
  static void draw() {
    shapes = DrawnImages.shapes(root, 10, 1).split(0.7, 2);
  }

  private static TrainingBuilder training() {
    return Training.of(NET, shapes).recipe(RECIPE).seed(3).arithmetic(Arithmetic.FAST).quiet();
  }

  private static void assertSameBits(Training given, Training expected) {
    Parameters weights = expected.last().parameters();
    for (String name : weights.names()) {
      assertThat(given.last().parameters().get(name).toArray())
          .as(name)
          .isEqualTo(weights.get(name).toArray());
    }
  }

  /** How DJL cuts a batch for its replicas and their memory is part of what it computes. */
  @ParameterizedTest
  @CsvSource({
    "1, 7, ''",
    "1, 3, ''",
    "2, 7, ''",
    "3, 2, ''",
    "1, 1, ''",
    "1, 4, conv3_1",
    "2, 2, conv5_2",
  })
  void statisticsAreThoseOfDjl(int devices, int microBatch, String frozen) {
    LayerRates rates = LayerRates.EVEN.rate("bn4_1", 0);
    rates = frozen.isEmpty() ? rates : rates.freezeThrough(frozen);
    var setting =
        new DjlDescent.Setting(
            Collections.nCopies(devices, Device.cpu()), rates, microBatch, Precision.FLOAT32);
    Recipe recipe = RECIPE.batch(7);
    Parameters initial = Parameters.initial(NET, 3);
    try (GradientDescent djl = new DjlDescent(initial, recipe, setting);
        GradientDescent kernels =
            new KernelDescent(initial, recipe, rates, Arithmetic.FAST, devices, microBatch)) {
      var random = new SplittableRandom(1);
      for (int step = 0; step < 2; step++) {
        double[] pixels = random.doubles(7 * 3 * 32 * 32, -120, 120).toArray();
        FloatBuffer images = FloatBuffer.allocate(pixels.length);
        Arrays.stream(pixels).forEach(pixel -> images.put((float) pixel));
        int[] labels = random.ints(7, 0, 3).toArray();
        djl.step(images.rewind(), labels, 1e-3, step);
        kernels.step(images.rewind(), labels, 1e-3, step);
      }
      Parameters expected = djl.snapshot();
      Parameters given = kernels.snapshot();
      assertThat(kernels.learned()).containsExactlyInAnyOrderElementsOf(djl.learned());
      for (String name : expected.names()) {
        float[] numbers = given.get(name).toArray();
        float[] djls = expected.get(name).toArray();
        double scale = Math.max(1e-2, Goldens.largest(djls)); // biases were 0 before
        double difference = Goldens.difference(numbers, djls);
        assertThat(difference / scale).as(name).isLessThan(1e-4);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void stoppedAtAnyStepItEndsInTheSameBits(int step) {
    Training part =
        training()
            .folder(target)
            .progress(
                new Progress() {
                  private int steps;

                  @Override
                  public void step(Progress.Step told) {
                    if (++steps == step) {
                      Thread.currentThread().interrupt();
                    }
                  }
                })
            .run();
    assertThat(part.stopReason()).isEqualTo(Training.StopReason.INTERRUPTED);
    assertSameBits(training().folder(target).run(), training().run());
  }

  @Test
  void aTrainingThatBeganOnDjlResumesThere() {
    Training.of(NET, shapes).recipe(RECIPE.epochs(1)).folder(target).quiet().run();
    Training resumed = Training.of(NET, shapes).recipe(RECIPE).folder(target).quiet().run();
    assertThat(resumed.arithmetic()).isEqualTo(Arithmetic.DJL);
  }

  @Test
  void divergenceIsFoundAndNamed() {
    TrainingBuilder wild = training().recipe(RECIPE.rate(1e5));
    assertThatThrownBy(wild::run)
        .isInstanceOf(DivergedException.class)
        .hasMessageFindingMatch("(conv|bn|fc)\\d");
  }

  @Test
  void aMicroBatchThatTheHeapCannotHoldIsRefused() {
    Vgg large = NET.with().input(224).build();
    TrainingBuilder builder =
        Training.of(large, shapes).recipe(RECIPE.batch(100_000)).arithmetic(Arithmetic.FAST);
    assertThatThrownBy(() -> builder.microBatch(100_000).quiet().run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("statistics over 100000 images together");
  }
}
