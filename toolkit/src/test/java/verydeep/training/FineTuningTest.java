package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.Goldens;
import verydeep.VerydeepException;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** Layers that stay as they are, and layers that learn faster: on PyTorch's gradients. */
class FineTuningTest {

  private static final double RATE = 0.01;

  private static Parameters step(Goldens golden, UnaryOperator<LayerRates> change) {
    LayerRates rates = change.apply(LayerRates.EVEN);
    var setting = new DjlDescent.Setting(List.of(Device.cpu()), rates, 100, Precision.FLOAT32);
    Parameters weights = golden.parameters("weight");
    try (GradientDescent descent = new DjlDescent(weights, Recipe.paper(), setting)) {
      descent.step(golden.buffer("input"), golden.integers("labels"), RATE, 0);
      return descent.snapshot();
    }
  }

  /** Caffe's first step: w - rate m (g + decay d w), with g from PyTorch. */
  private static void checkStep(
      Goldens golden, Parameters after, ParameterShape shape, double rate, double decay) {
    float[] before = golden.floats("weight/" + shape.name());
    float[] slope = golden.floats("gradient/" + shape.name());
    float[] given = after.get(shape.name()).toArray();
    double scale = Goldens.largest(before) + Goldens.largest(slope) * RATE * rate;
    for (int i = 0; i < given.length; i++) {
      double expected =
          before[i] - RATE * rate * (slope[i] + (shape.decays() ? 5e-4 * decay * before[i] : 0));
      assertThat((double) given[i])
          .as("%s[%d]", shape, i)
          .isCloseTo(expected, within(1e-5 * scale));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "D", "E"})
  void layersThroughTheFrozenOneStayToTheBitAndTheOthersStepAsBefore(String name) {
    Goldens golden = Goldens.of(name);
    Parameters after = step(golden, rates -> rates.freezeThrough("conv4_1"));
    boolean frozen = true;
    for (ParameterShape shape : golden.network().parameterShapes()) {
      if (frozen) {
        assertThat(after.get(shape.name()).toArray())
            .as("%s", shape)
            .isEqualTo(golden.floats("weight/" + shape.name()));
      } else {
        checkStep(golden, after, shape, 1, 1);
      }
      frozen &= !shape.name().equals("conv4_1.bias");
    }
    assertThat(frozen).isFalse();
  }

  @Test
  void frozenLayersHaveNoGradient() {
    Goldens golden = Goldens.of("D");
    try (Replica replica =
        new Replica(
            Device.cpu(),
            golden.parameters("weight"),
            LayerRates.EVEN.freezeThrough("pool5"),
            Precision.FLOAT32)) {
      assertThat(replica.learned().keySet())
          .extracting(ParameterShape::name)
          .containsExactly(
              "fc6.weight", "fc6.bias", "fc7.weight", "fc7.bias", "fc8.weight", "fc8.bias");
      replica
          .byShape()
          .forEach(
              (shape, parameter) ->
                  assertThat(parameter.getArray().hasGradient())
                      .as("%s", shape)
                      .isEqualTo(shape.layer().startsWith("fc")));
    }
  }

  @Test
  void aFrozenBatchNormalizationKeepsItsRunningStatistics() {
    Goldens golden = Goldens.of("A_bn");
    Parameters after = step(golden, rates -> rates.freezeThrough("conv2_1"));
    for (String role : List.of("weight", "bias", "running_mean", "running_var")) {
      assertThat(after.get("bn2_1." + role).toArray())
          .isEqualTo(golden.floats("weight/bn2_1." + role));
      assertThat(after.get("bn3_1." + role).toArray())
          .isNotEqualTo(golden.floats("weight/bn3_1." + role));
    }
  }

  @ParameterizedTest
  @CsvSource({"fc8, 10, 1", "conv1_1, 0.5, 20", "fc6, 1, 0", "conv5_2, 3, 2"})
  void multipliersChangeTheStepOfTheirLayerAlone(String layer, double rate, double decay) {
    Goldens golden = Goldens.of("A");
    Parameters after = step(golden, rates -> rates.rate(layer, rate).decay(layer, decay));
    for (ParameterShape shape : golden.network().parameterShapes()) {
      boolean changed = shape.layer().equals(layer);
      checkStep(golden, after, shape, changed ? rate : 1, changed ? decay : 1);
    }
  }

  @Test
  void aRateOfZeroLeavesALayerAsItIs() {
    Goldens golden = Goldens.of("A");
    Parameters after = step(golden, rates -> rates.rate("conv3_1", 0));
    assertThat(after.get("conv3_1.weight").toArray())
        .isEqualTo(golden.floats("weight/conv3_1.weight"));
    assertThat(after.get("conv2_1.weight").toArray())
        .isNotEqualTo(golden.floats("weight/conv2_1.weight"));
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    Vgg net = Vgg.of(Configuration.A).width(1 / 16.0).classes(3).build();
    assertThatThrownBy(() -> LayerRates.EVEN.freezeThrough("conv1_2").check(net))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("There is no layer");
    assertThatThrownBy(() -> LayerRates.EVEN.freezeThrough("fc8").check(net))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("left to train", "frozen through fc8");
    assertThatThrownBy(() -> LayerRates.EVEN.rate("pool1", 2).check(net))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("pool1", "conv1_1, conv2_1");
    for (double wrong : new double[] {-1, Double.NaN, 1e7}) {
      assertThatThrownBy(() -> LayerRates.EVEN.rate("fc8", wrong))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContainingAll("rate multiplier of fc8", "" + wrong, "from 0");
    }
  }

  @Test
  void itPrintsInWords() {
    assertThat(LayerRates.EVEN).hasToString("");
    assertThat(LayerRates.EVEN.freezeThrough("pool4").rate("fc8", 10).decay("fc6", 0))
        .hasToString("frozen through pool4, rate of fc8 times 10.0, decay of fc6 times 0.0");
  }

  @Test
  void aNetworkOfConvolutionsHasNoFc8ToReplace() {
    Vgg convolutions = Vgg.of(Configuration.A).width(1 / 16.0).convolutionsOnly().build();
    assertThatThrownBy(() -> Starts.checkpoint(convolutions, 1).withNewFc8(4))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("convolutions only", "no fc8");
  }
}
