package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static verydeep.network.Configuration.A;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Images;
import verydeep.drawn.DrawnImages;
import verydeep.network.Initialization;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/** A training that goes wrong says where, and keeps what was good. */
@Timeout(60)
class DiagnosisTest {

  private static final Vgg NET = Vgg.of(A).classes(3).width(1 / 16.0).input(32).build();
  private static final Parameters WEIGHTS = Parameters.initial(NET, 1);

  @TempDir Path root;
  private Images images;

  @BeforeEach
  void draw() {
    images = DrawnImages.shapes(root, 6, 1);
  }

  private static Parameters scaled(String name, float factor) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String each : WEIGHTS.names()) {
      float[] values = WEIGHTS.get(each).toArray();
      for (int i = 0; each.equals(name) && i < values.length; i++) {
        values[i] *= factor;
      }
      tensors.put(each, Tensor.of(WEIGHTS.get(each).sizes(), values));
    }
    return Parameters.of(NET, tensors);
  }

  private static FloatBuffer pixels() {
    FloatBuffer pixels = FloatBuffer.allocate(2 * 3 * 32 * 32);
    for (int i = 0; i < pixels.capacity(); i++) {
      pixels.put(i, i % 255 - 120);
    }
    return pixels;
  }

  @Test
  void theFirstLayerThatOverflowsIsNamed() {
    assertThat(Diagnosis.firstNotFinite(scaled("conv3_2.weight", 1e38f), pixels(), 2))
        .isEqualTo("The first layer with an activation that is not finite is conv3_2.");
  }

  @Test
  void weightsThatAreLostAreNamed() {
    assertThat(Diagnosis.firstNotFinite(scaled("fc6.weight", Float.NaN), pixels(), 2))
        .contains("earlier step", "fc6.weight");
  }

  @Test
  void anImageThatIsNotFiniteIsNamed() {
    FloatBuffer pixels = pixels().put(3 * 32 * 32 + 5, Float.POSITIVE_INFINITY);
    assertThat(Diagnosis.firstNotFinite(WEIGHTS, pixels, 2)).startsWith("Image 2 of the batch");
  }

  @Test
  void theMessageSaysStepLayerAndAdviceAndTheBestNetworkIsKept() {
    var explodes =
        Training.of(NET, images.split(0.7, 1))
            .recipe(Recipe.paper().batch(4).epochs(3).rate(1e-3))
            .rateMultiplier("fc6", 1)
            .quiet();
    Training good = explodes.recipe(Recipe.paper().batch(4).epochs(1).rate(1e-3)).run();
    DivergedException diverged =
        catchThrowableOfType(
            DivergedException.class,
            () ->
                explodes
                    .recipe(Recipe.paper().batch(4).epochs(4).rate(1e-3))
                    .startFrom(good.last())
                    .rateMultiplier("conv5_1", 1e6)
                    .run());
    assertThat(diverged)
        .hasMessageMatching("(?s)The loss is (NaN|-?Infinity) in epoch \\d, step \\d, .*")
        .hasMessageMatching("(?s).*(is not finite|not finite is).*")
        .hasMessageContainingAll("Lower the learning rate", "Glorot", "net A");
    assertThat(diverged.best().isPresent()).isEqualTo(!diverged.epochs().isEmpty());
  }

  @Test
  void whatWasGoodBeforeItDivergedIsInTheException() {
    List<Epoch> seen = new ArrayList<>();
    var training =
        Training.of(NET, images.split(0.7, 1))
            .recipe(Recipe.paper().batch(4).rate(LearningRate.constant(1e-3)).epochs(2))
            .folder(root.resolve("run"))
            .progress(
                new Progress() {
                  @Override
                  public void epoch(Epoch epoch) {
                    seen.add(epoch);
                  }
                });
    training.run();
    DivergedException diverged =
        new DivergedException(Double.NaN, "in epoch 3", "Somewhere.", seen, training.run().best());
    assertThat(diverged.epochs()).hasSize(2).isEqualTo(seen);
    assertThat(diverged.best()).isPresent();
    assertThat(diverged)
        .hasMessageContainingAll("epoch 3", "Somewhere.", "best network of the 2 completed epochs");
    assertThat(new DivergedException(Double.NaN, "in epoch 1", "", List.of(), null))
        .hasMessageContaining("No epoch had been completed.");
  }

  @Test
  void theLossOfChanceIsTheEntropyOfTheClasses() {
    assertThat(Diagnosis.lossOfChance(images)).isCloseTo(Math.log(3), within(1e-12));
    Images uneven = images.subset(0, 1, 2, 6); // three discs, one square
    assertThat(Diagnosis.lossOfChance(uneven))
        .isCloseTo(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25), within(1e-12));
  }

  @Test
  void aLossThatStaysAtTheLevelOfChanceIsSaidOnce() {
    List<String> notices = new ArrayList<>();
    Training.of(NET.with().initialization(Initialization.paper()).build(), images.split(0.7, 1))
        .recipe(Recipe.paper().batch(1).rate(LearningRate.constant(1e-9)).epochs(30))
        .progress(
            new Progress() {
              @Override
              public void notice(String text) {
                notices.add(text);
              }
            })
        .run();
    assertThat(notices)
        .singleElement()
        .asString()
        .startsWith("The loss has been at chance level (1.099) for 17 epochs.")
        .contains("net A", "Glorot", "lower the learning rate");
  }

  @Test
  void progressIsToldThatItFailed() {
    List<RuntimeException> told = new ArrayList<>();
    assertThatThrownBy(
            () ->
                Training.of(NET, images.split(0.7, 1))
                    .recipe(Recipe.paper().batch(4).rate(1e5).epochs(5))
                    .progress(
                        new Progress() {
                          @Override
                          public void failed(RuntimeException reason) {
                            told.add(reason);
                          }
                        })
                    .run())
        .isInstanceOf(DivergedException.class)
        .isEqualTo(told.get(0));
  }
}
