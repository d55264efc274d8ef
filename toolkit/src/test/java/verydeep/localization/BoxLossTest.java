package verydeep.localization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import verydeep.Goldens;
import verydeep.internal.tasks.LossCounts;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;
import verydeep.training.Steps;

/** The Euclidean loss of boxes and its gradient are PyTorch's. */
class BoxLossTest {

  private static final double TOLERANCE = 1e-4;

  private static BoxRegression regression(String name) {
    return name.equals("box_pcr")
        ? BoxRegression.perClass(List.of("a", "b", "c"))
        : BoxRegression.single();
  }

  /** The net of golden A with the last layer of the box's golden. */
  private static Parameters parameters(String name) {
    Goldens a = Goldens.of("A");
    Goldens golden = Goldens.of(name);
    Vgg network = a.network().with().classes(regression(name).outputs().size()).build();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterShape shape : network.parameterShapes()) {
      boolean own = shape.layer().equals("fc8");
      tensors.put(
          shape.name(), own ? golden.tensor(shape.name()) : a.tensor("weight/" + shape.name()));
    }
    return Parameters.of(network, tensors);
  }

  private static BoxTargets targets(String name) {
    Goldens golden = Goldens.of(name);
    float[] boxes = golden.floats("boxes");
    int[] counts = golden.integers("counts");
    List<Optional<BoxTarget>> targets = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      targets.add(counts[i] == 0 ? Optional.empty() : Optional.of(BoxRegression.at(boxes, 4 * i)));
    }
    int[] first =
        Arrays.stream(golden.integers("labels"))
            .map(label -> regression(name).first("abc".substring(label, label + 1)))
            .toArray();
    return new BoxTargets(first, targets);
  }

  @ParameterizedTest
  @CsvSource({"box_scr, 3", "box_pcr, 3", "box_scr, 1", "box_pcr, 2"})
  void lossAndGradientsArePyTorchsHoweverTheBatchIsCut(String name, int microBatch) {
    Goldens golden = Goldens.of(name);
    BoxTargets targets = targets(name);
    assertPyTorchs(
        golden,
        Steps.gradients(parameters(name), Goldens.of("A").buffer("input"), targets, microBatch));
    assertPyTorchs(
        golden,
        Steps.kernelGradients(
            parameters(name), Goldens.of("A").buffer("input"), targets, microBatch));
  }

  private static void assertPyTorchs(Goldens golden, Steps.Gradients found) {
    assertThat(found.counts().images()).isEqualTo(2);
    assertThat(found.counts().meanLoss()).isCloseTo(golden.number("loss"), within(1e-5));
    int checked = 0;
    for (String array : found.byName().keySet()) {
      if (golden.names().contains("gradient/" + array)) {
        float[] wanted = golden.floats("gradient/" + array);
        assertThat(Goldens.relativeDifference(found.byName().get(array), wanted))
            .as(array)
            .isLessThan(TOLERANCE);
        checked++;
      }
    }
    assertThat(checked).isEqualTo(6);
  }

  @Test
  void aStepOfPerClassRegressionLeavesTheOutputsOfAbsentClassesAsTheyAre() {
    Parameters before = parameters("box_pcr");
    Parameters after =
        Steps.step(before, Goldens.of("A").buffer("input"), targets("box_pcr"), 0.1).parameters();
    float[] was = before.get("fc8.bias").toArray();
    float[] is = after.get("fc8.bias").toArray();
    for (int i = 0; i < was.length; i++) {
      // class 0 is that of the image that does not count; 1 and 2 are there
      if (i < 4) {
        assertThat(is[i]).as("bias %d", i).isEqualTo(was[i]);
      } else {
        assertThat(is[i]).as("bias %d", i).isNotEqualTo(was[i]);
      }
    }
  }

  @Test
  void aBatchOfWhichNoImageCountsLeavesTheWeightsAsTheyAre() {
    Parameters before = parameters("box_scr");
    var none =
        new BoxTargets(new int[3], List.of(Optional.empty(), Optional.empty(), Optional.empty()));
    Steps.After step = Steps.step(before, Goldens.of("A").buffer("input"), none, 0.1);
    assertThat(step.counts()).isEqualTo(LossCounts.NONE);
    for (String array : step.parameters().names()) {
      assertThat(step.parameters().get(array).toArray()).isEqualTo(before.get(array).toArray());
    }
  }

  @Test
  void anImageIsWrongIfItsBoxOverlapsTheTrueOneByHalfOrLess() {
    var wanted = new BoxTarget(0.5, 0.5, 0.4, 0.4);
    var targets =
        new BoxTargets(
            new int[3], List.of(Optional.of(wanted), Optional.of(wanted), Optional.of(wanted)));
    float[] outputs = {
      0.5f, 0.5f, 0.4f, 0.4f, // the same
      0.5f, 0.5f, 0.4f, 0.19f, // less than half of it
      0.5f, 0.5f, -1f, 0.4f // no width: no area
    };
    try (NDManager scope = NDManager.newBaseManager(Device.cpu())) {
      NDArray given = scope.create(outputs, new Shape(3, 4));
      LossCounts counts = targets.compare(given, 0, 3).counts().get();
      assertThat(counts.wrong()).isEqualTo(2);
      assertThat(counts.loss()).isCloseTo(0.5 * (0.21 * 0.21 + 1.4 * 1.4), within(1e-5));
    }
  }
}
