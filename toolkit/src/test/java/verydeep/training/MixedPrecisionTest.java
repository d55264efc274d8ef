package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.Goldens;
import verydeep.VerydeepException;
import verydeep.drawn.DrawnImages;
import verydeep.internal.tasks.LossCounts;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** Sixteen bits for layers, 32 for weights and steps; on the CPU, where it is only slow. */
@Timeout(60)
class MixedPrecisionTest {

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"A", "B", "C"})
  void aStepIsNearPyTorchsInFloat64(String name) {
    Goldens golden = Goldens.of(name);
    var setting =
        new DjlDescent.Setting(List.of(Device.cpu()), LayerRates.EVEN, 100, Precision.MIXED);
    Parameters weights = golden.parameters("weight");
    try (GradientDescent descent =
        new DjlDescent(weights, Recipe.paper().momentum(0).decay(0), setting)) {
      descent.restore(Map.of(), new LossScale(64, 0)); // these gradients are large
      LossCounts outcome = descent.step(golden.buffer("input"), golden.integers("labels"), 1, 0);
      assertThat(outcome.meanLoss())
          .isCloseTo(golden.number("loss"), within(0.01))
          .isNotCloseTo(golden.number("loss"), within(1e-7));
      Parameters after = descent.snapshot();
      for (ParameterShape shape : golden.network().parameterShapes()) {
        float[] moved = golden.floats("weight/" + shape.name());
        float[] now = after.get(shape.name()).toArray();
        for (int i = 0; i < moved.length; i++) {
          moved[i] -= now[i];
        }
        assertThat(
                Goldens.difference(moved, golden.floats("gradient/" + shape.name()))
                    / golden.scale("gradient/" + shape.name()))
            .as("%s", shape)
            .isLessThan(shape.layer().startsWith("fc") ? 0.03 : 0.2); // a ReLU near 0 may flip
      }
    }
  }

  @Test
  void itLearnsAndGoesOnToTheBit() {
    var shapes = DrawnImages.shapes(root.resolve("shapes"), 6, 1).split(0.7, 2);
    Vgg net = Vgg.of(Configuration.A).classes(3).width(1 / 16.0).input(32).build();
    TrainingBuilder training =
        Training.of(net, shapes)
            .recipe(Recipe.paper().batch(4).epochs(2))
            .precision(Precision.MIXED)
            .quiet();
    Training whole = training.run();
    assertThat(whole.last().provenance().facts()).containsEntry("precision", "mixed precision");
    training.folder(root.resolve("run")).recipe(Recipe.paper().batch(4).epochs(1)).run();
    Training parts = training.recipe(Recipe.paper().batch(4).epochs(2)).run();
    for (String name : whole.last().parameters().names()) {
      assertThat(parts.last().parameters().get(name).toArray())
          .isEqualTo(whole.last().parameters().get(name).toArray());
    }
  }

  @Test
  void theScaleIsHalvedWhenGradientsOverflowAndDoubledAfterALongTimeWithout() {
    LossScale scale = new LossScale(Precision.MIXED);
    assertThat(scale.value()).isEqualTo(65_536);
    scale.observe(false);
    assertThat(scale.value()).isEqualTo(32_768);
    for (int i = 0; i < 1999; i++) {
      scale.observe(true);
    }
    assertThat(scale.value()).isEqualTo(32_768);
    scale.observe(true);
    assertThat(scale.value()).isEqualTo(65_536);
    assertThat(new LossScale(Precision.FLOAT32).value()).isEqualTo(1);
    LossScale least = new LossScale(1, 5);
    assertThatThrownBy(() -> least.observe(false))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("16 bits");
  }

  @Test
  void aStepWhoseGradientsOverflowChangesNothingButTheScale() {
    Goldens golden = Goldens.of("A");
    var setting =
        new DjlDescent.Setting(List.of(Device.cpu()), LayerRates.EVEN, 100, Precision.MIXED);
    Parameters weights = golden.parameters("weight");
    try (GradientDescent descent = new DjlDescent(weights, Recipe.paper(), setting)) {
      descent.restore(Map.of(), new LossScale(1 << 24, 0));
      descent.step(golden.buffer("input"), golden.integers("labels"), 1, 0);
      assertThat(descent.lossScale().value()).isEqualTo(1 << 23);
      Parameters after = descent.snapshot();
      for (String name : weights.names()) {
        assertThat(after.get(name).toArray()).isEqualTo(weights.get(name).toArray());
      }
    }
  }

  @Test
  void normalizationsAreRefused() {
    var shapes = DrawnImages.shapes(root, 4, 1).split(0.5, 2);
    var net = Vgg.of(Configuration.A).classes(3).width(1 / 16.0).input(32);
    var local = Vgg.of(Configuration.A_LRN).classes(3).width(1 / 16.0).input(32);
    for (Vgg each : List.of(net.batchNorm(true).build(), local.build())) {
      assertThatThrownBy(() -> Training.of(each, shapes).precision(Precision.MIXED).quiet().run())
          .isInstanceOf(VerydeepException.class)
          .hasMessageContainingAll("Mixed precision", "normalization", each.label(), "float32");
    }
  }
}
