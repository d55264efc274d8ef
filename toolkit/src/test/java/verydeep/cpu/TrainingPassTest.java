package verydeep.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import verydeep.Goldens;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;

/** Gradients and steps of whole networks against PyTorch in 64 bits. */
class TrainingPassTest {

  private static final double TOLERANCE = 1e-4;

  static final List<String> NETWORKS = List.of("A", "B", "C", "D", "E", "B_5X5");

  private static Set<String> all(Parameters parameters) {
    return parameters.network().parameterShapes().stream()
        .map(ParameterShape::name)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @FieldSource("NETWORKS")
  void gradientsEqualPyTorchs(String name) {
    Goldens golden = Goldens.of(name);
    Parameters parameters = golden.parameters("weight");
    TrainingPass pass = new TrainingPass(parameters, all(parameters), Winograd.FOUR, Team.SHARED);
    int[] labels = golden.integers("labels");
    pass.gradients(
        golden.buffer("input"),
        3,
        2,
        (layer, from, to) -> new float[0],
        (outputs, from, to, gradient) -> softmax(outputs, labels, from, to, gradient));
    for (ParameterShape shape : pass.learned()) {
      float[] given = pass.gradient(shape).toArray();
      double difference = Goldens.difference(given, golden.floats("gradient/" + shape.name()));
      System.out.println(
          name + " " + shape.name() + " " + difference / golden.scale("gradient/" + shape.name()));
      assertThat(difference / golden.scale("gradient/" + shape.name()))
          .as("gradient of %s", shape.name())
          .isLessThan(TOLERANCE);
    }
  }

  private static void softmax(float[] outputs, int[] labels, int from, int to, float[] gradient) {
    int classes = outputs.length / (to - from);
    for (int i = from; i < to; i++) {
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += Math.exp(outputs[(i - from) * classes + k]);
      }
      for (int k = 0; k < classes; k++) {
        double p = Math.exp(outputs[(i - from) * classes + k]) / sum;
        gradient[(i - from) * classes + k] =
            (float) ((p - (k == labels[i] ? 1 : 0)) / labels.length);
      }
    }
  }
}
