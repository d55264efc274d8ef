package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
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
import verydeep.data.BoxTarget;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

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

  private static Replica replica(String name) {
    return new Replica(Device.cpu(), parameters(name), LayerRates.EVEN, Precision.FLOAT32);
  }

  @ParameterizedTest
  @CsvSource({"box_scr, 3", "box_pcr, 3", "box_scr, 1", "box_pcr, 2"})
  void lossAndGradientsArePyTorchsHoweverTheBatchIsCut(String name, int microBatch) {
    Goldens golden = Goldens.of(name);
    BoxTargets targets = targets(name);
    try (Replica replica = replica(name)) {
      DropoutMasks none = new DropoutMasks(replica.network(), 0);
      var pixels = Goldens.of("A").buffer("input");
      var work = new BatchWork(new Inputs.Floats(pixels), targets, none, 1, microBatch);
      Outcome outcome = replica.gradients(work, 0, 3);
      assertThat(outcome.images()).isEqualTo(2);
      assertThat(outcome.meanLoss()).isCloseTo(golden.number("loss"), within(1e-5));
      int checked = 0;
      for (ParameterShape shape : replica.learned().keySet()) {
        if (golden.names().contains("gradient/" + shape.name())) {
          float[] wanted = golden.floats("gradient/" + shape.name());
          try (var gradient = replica.gradient(shape)) {
            assertThat(Goldens.relativeDifference(gradient.toFloatArray(), wanted))
                .as("%s", shape)
                .isLessThan(TOLERANCE);
          }
          checked++;
        }
      }
      assertThat(checked).isEqualTo(6);
    }
  }

  @Test
  void aStepOfPerClassRegressionLeavesTheOutputsOfAbsentClassesAsTheyAre() {
    Parameters before = parameters("box_pcr");
    Parameters after;
    try (GradientDescent descent = new GradientDescent(before, Recipe.paper().decay(0))) {
      descent.step(Goldens.of("A").buffer("input"), targets("box_pcr"), 0.1, 0);
      after = descent.snapshot();
    }
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
    try (GradientDescent descent = new GradientDescent(before, Recipe.paper().decay(0))) {
      Outcome outcome = descent.step(Goldens.of("A").buffer("input"), none, 0.1, 0);
      assertThat(outcome).isEqualTo(Outcome.NONE);
      Parameters after = descent.snapshot();
      for (String array : after.names()) {
        assertThat(after.get(array).toArray()).isEqualTo(before.get(array).toArray());
      }
    }
  }

  @Test
  void aImageIsWrongIfItsBoxOverlapsTheTrueOneByHalfOrLess() {
    var wanted = new BoxTarget(0.5, 0.5, 0.4, 0.4);
    var targets =
        new BoxTargets(
            new int[3], List.of(Optional.of(wanted), Optional.of(wanted), Optional.of(wanted)));
    float[] outputs = {
      0.5f, 0.5f, 0.4f, 0.4f, // the same
      0.5f, 0.5f, 0.4f, 0.19f, // less than half of it
      0.5f, 0.5f, -1f, 0.4f // no width: no area
    };
    try (Replica replica = replica("box_scr");
        var scope = replica.manager().newSubManager()) {
      var given = scope.create(outputs, new Shape(3, 4));
      Outcome outcome = targets.compare(given, 0, 3).outcome().get();
      assertThat(outcome.wrong()).isEqualTo(2);
      assertThat(outcome.loss()).isCloseTo(0.5 * (0.21 * 0.21 + 1.4 * 1.4), within(1e-5));
    }
  }
}
