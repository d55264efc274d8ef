package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.Goldens;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;

/** Three steps with a falling rate are Caffe's, and not those of PyTorch's own optimizer. */
class CaffeStepsTest {

  private static final double TOLERANCE = 1e-4;

  /**
   * For the two biases of E's first batch normalization. They end 2.3e-4 from float64 because
   * convolution weights are laid out channels-last, for speed; in the usual layout it is 6e-6.
   */
  private static final double FARTHEST = 5e-4;

  private static final Recipe RECIPE = Recipe.paper().batch(3);

  static final List<String> NETWORKS = Goldens.NETWORKS;

  @ParameterizedTest
  @FieldSource("NETWORKS")
  void threeStepsWithAFallingRateAreCaffes(String name) {
    Goldens golden = Goldens.of(name);
    Parameters after;
    try (GradientDescent descent = new DjlDescent(golden.parameters("weight"), RECIPE)) {
      String[] losses = golden.metadata("losses").split(" ", -1);
      for (int i = 0; i < 3; i++) {
        var outcome =
            descent.step(golden.buffer("input"), golden.integers("labels"), rate(golden, i), i);
        double loss = Double.parseDouble(losses[i]);
        assertThat(Math.abs(outcome.meanLoss() - loss)).isLessThan(i == 0 ? TOLERANCE : 1e-3);
      }
      after = descent.snapshot();
    }
    for (String parameter : after.names()) {
      boolean far = name.equals("E_bn") && parameter.equals("bn1_1.bias");
      assertThat(error(golden, parameter, after))
          .as(parameter)
          .isLessThan(far ? FARTHEST : TOLERANCE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "C", "D_bn"})
  void theRateOutsideTheMomentumWouldGiveOtherWeights(String name) {
    Goldens golden = Goldens.of(name);
    Parameters weights = golden.parameters("weight");
    Map<String, float[]> velocity = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      weights = stepOfTorch(golden, weights, velocity, rate(golden, i));
    }
    for (ParameterShape shape : golden.network().parameterShapes()) {
      if (shape.decays()) {
        assertThat(error(golden, shape.name(), weights)).as("%s", shape).isGreaterThan(TOLERANCE);
      }
    }
  }

  /** v = momentum v + (g + decay w), w = w - rate v. */
  private static Parameters stepOfTorch(
      Goldens golden, Parameters before, Map<String, float[]> velocity, double rate) {
    Parameters moved;
    try (GradientDescent once = new DjlDescent(before, RECIPE.momentum(0))) {
      once.step(golden.buffer("input"), golden.integers("labels"), rate, 0);
      moved = once.snapshot();
    }
    Map<String, Tensor> after = new LinkedHashMap<>();
    for (ParameterShape shape : before.network().parameterShapes()) {
      float[] w = before.get(shape.name()).toArray();
      float[] slope = moved.get(shape.name()).toArray();
      float[] v = velocity.computeIfAbsent(shape.name(), n -> new float[w.length]);
      for (int i = 0; i < w.length; i++) {
        v[i] = (float) (0.9 * v[i] + (w[i] - slope[i]) / rate);
        w[i] -= (float) (rate * v[i]);
      }
      after.put(shape.name(), Tensor.of(shape.sizes(), w));
    }
    return Parameters.of(before.network(), after);
  }

  private static double rate(Goldens golden, int step) {
    return golden.floats("rates")[step];
  }

  private static double error(Goldens golden, String parameter, Parameters given) {
    return Goldens.relativeDifference(
        given.get(parameter).toArray(), golden.floats("after3/" + parameter));
  }
}
