package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static verydeep.network.Configuration.A;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Split;
import verydeep.drawn.DrawnImages;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** Trainings on the toolkit's own kernels: what they end with, and when they are chosen. */
@Timeout(120)
class KernelTrainingTest {

  @TempDir static Path root;
  @TempDir Path target;
  private static Split<Images> shapes;

  private static final Vgg NET = Vgg.of(A).classes(3).width(1 / 16.0).input(32).build();
  private static final Recipe RECIPE = Recipe.paper().batch(8).rate(0.01).epochs(2);
  private final List<String> notices = new ArrayList<>();

  @BeforeAll
  static void draw() {
    shapes = DrawnImages.shapes(root, 10, 1).split(0.7, 2);
  }

  private static TrainingBuilder training(Arithmetic arithmetic) {
    return Training.of(NET, shapes).recipe(RECIPE).seed(3).arithmetic(arithmetic).quiet();
  }

  private static void assertSameBits(Training given, Training expected) {
    Parameters weights = expected.last().parameters();
    for (String name : weights.names()) {
      assertThat(given.last().parameters().get(name).toArray())
          .as(name)
          .isEqualTo(weights.get(name).toArray());
    }
    for (int i = 0; i < expected.epochs().size(); i++) {
      assertThat(given.epochs().get(i).loss()).isEqualTo(expected.epochs().get(i).loss());
      assertThat(given.epochs().get(i).validation())
          .isEqualTo(expected.epochs().get(i).validation());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 7", "2, 8", "3, 3", "4, 8"})
  void bitsDependNeitherOnDevicesNorOnMicroBatches(int devices, int microBatch) {
    Device[] cpus = Collections.nCopies(devices, Device.cpu()).toArray(Device[]::new);
    assertSameBits(
        training(Arithmetic.FAST).devices(cpus).microBatch(microBatch).run(),
        training(Arithmetic.FAST).run());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void stoppedAtAnyStepItEndsInTheSameBits(int step) {
    Training part =
        training(Arithmetic.FAST)
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
    assertSameBits(
        training(Arithmetic.FAST).folder(target).microBatch(3).run(),
        training(Arithmetic.FAST).run());
  }

  @Test
  void aResumedTrainingKeepsItsArithmetic() {
    training(Arithmetic.FAST).recipe(RECIPE.epochs(1)).folder(target).run();
    Training resumed =
        Training.of(NET, shapes)
            .recipe(RECIPE)
            .seed(3)
            .folder(target)
            .progress(
                new Progress() {
                  @Override
                  public void notice(String text) {
                    notices.add(text);
                  }
                })
            .run();
    assertThat(resumed.arithmetic()).isEqualTo(Arithmetic.FAST);
    assertThat(notices).anyMatch(text -> text.contains("computed by FAST, F(4x4, 3x3)"));
    assertSameBits(resumed, training(Arithmetic.FAST).run());
  }

  @ParameterizedTest
  @CsvSource({"FAST, EXACT", "FAST, DJL", "DJL, FAST"})
  void resumingWithAnotherArithmeticIsRefused(Arithmetic before, Arithmetic now) {
    training(before).recipe(RECIPE.epochs(1)).folder(target).run();
    TrainingBuilder other = training(now).folder(target);
    assertThatThrownBy(other::run)
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("began with arithmetic " + before)
        .hasMessageContaining("cannot resume with " + now);
  }

  @Test
  void resultAndCheckpointsSayWhatComputedThem() {
    for (Arithmetic arithmetic : List.of(Arithmetic.FAST, Arithmetic.EXACT, Arithmetic.DJL)) {
      Training run = training(arithmetic).recipe(RECIPE.epochs(1)).run();
      assertThat(run.arithmetic()).isEqualTo(arithmetic);
      assertThat(run.toString()).contains("arithmetic: " + arithmetic);
      assertThat(run.best().provenance().facts()).containsEntry("arithmetic", arithmetic.name());
    }
  }

  @Test
  void littleWorkIsLeftToDjl() {
    Training run = Training.of(NET, shapes).recipe(RECIPE.epochs(1)).quiet().run();
    assertThat(run.arithmetic()).isEqualTo(Arithmetic.DJL);
  }

  /** Rounding apart, all take the same steps: few enough that it decides nothing. */
  @Test
  void eachArithmeticTakesTheSameSteps() {
    double expected = training(Arithmetic.DJL).run().epochs().get(0).loss();
    for (Arithmetic arithmetic : List.of(Arithmetic.FAST, Arithmetic.EXACT)) {
      assertThat(training(arithmetic).run().epochs().get(0).loss())
          .isCloseTo(expected, within(1e-3 * expected));
    }
  }

  @Test
  void whatTheKernelsCannotTrainIsRefusedWithAReason() {
    assertThatThrownBy(() -> training(Arithmetic.FAST).precision(Precision.MIXED).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("32 bits on the CPU only");
    assertThatThrownBy(() -> training(Arithmetic.DJL_FLOAT16).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("FAST, EXACT or DJL");
  }

  @Test
  void divergenceIsFoundAndNamed() {
    TrainingBuilder wild = training(Arithmetic.FAST).recipe(RECIPE.rate(1e5));
    assertThatThrownBy(wild::run).isInstanceOf(DivergedException.class);
  }

  @Test
  void layersMayBeFrozenOrLearnAtTheirOwnRate() {
    Parameters initial = Parameters.initial(NET, 3);
    Training run =
        training(Arithmetic.FAST).freezeThrough("conv3_1").rateMultiplier("fc7", 0).run();
    Parameters after = run.last().parameters();
    for (String name : initial.names()) {
      String layer = name.substring(0, name.indexOf('.'));
      boolean frozen = List.of("conv1_1", "conv2_1", "conv3_1", "fc7").contains(layer);
      assertThat(Arrays.equals(after.get(name).toArray(), initial.get(name).toArray()))
          .as(name)
          .isEqualTo(frozen);
    }
  }
}
