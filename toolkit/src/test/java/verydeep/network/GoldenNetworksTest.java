package verydeep.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import verydeep.Goldens;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.djl.VggBlock;
import verydeep.internal.passes.Activations;

/** Each configuration against PyTorch: scores, dense scores, loss and gradients. */
class GoldenNetworksTest {

  /**
   * PyTorch's channels-last batch normalization sums a bias's gradient over 12,288 places in one go
   * in 32 bits; with one thread A_bn's first ends 1.13e-4 off the golden of 64 bits.
   */
  private static final double NORM_BIAS_TOLERANCE = 3e-4;

  private static final double TOLERANCE = 1e-4;

  static final List<String> NETWORKS = Goldens.NETWORKS;

  @ParameterizedTest
  @FieldSource("NETWORKS")
  void scoresEqualPyTorchs(String name) {
    Goldens golden = Goldens.of(name);
    try (DjlForwardPass pass = DjlForwardPass.of(golden.parameters("weight"))) {
      Activations scores = pass.run(golden.buffer("input"), 3, 64, 64);
      assertThat(scores.shape()).isEqualTo(new MapShape(5, 1, 1));
      assertThat(Goldens.difference(scores.values(), golden.floats("logits")))
          .isLessThan(TOLERANCE);
    }
  }

  @ParameterizedTest
  @FieldSource("NETWORKS")
  void denseScoresOfALargerImageEqualPyTorchs(String name) {
    Goldens golden = Goldens.of(name);
    try (DjlForwardPass pass = DjlForwardPass.of(golden.parameters("weight"))) {
      Activations scores = pass.run(golden.buffer("dense_input"), 1, 96, 128);
      assertThat(scores.shape()).isEqualTo(new MapShape(5, 2, 3));
      assertThat(Goldens.difference(scores.values(), golden.floats("dense_scores")))
          .isLessThan(TOLERANCE);
    }
  }

  @ParameterizedTest
  @FieldSource("NETWORKS")
  void denseAtTheTrainingSizeEqualsTheNetwork(String name) {
    Goldens golden = Goldens.of(name);
    Parameters parameters = golden.parameters("weight");
    try (DjlForwardPass pass = DjlForwardPass.of(parameters);
        NDManager manager = NDManager.newBaseManager("PyTorch")) {
      VggBlock block = VggBlock.of(golden.network());
      block.load(manager, parameters);
      NDList input = new NDList(manager.create(golden.floats("input"), new Shape(3, 3, 64, 64)));
      NDList scores = block.forward(new ParameterStore(manager, false), input, false);
      assertThat(scores.singletonOrThrow().getShape()).isEqualTo(new Shape(3, 5));
      float[] dense = pass.run(golden.buffer("input"), 3, 64, 64).values();
      float[] whole = scores.singletonOrThrow().toFloatArray();
      assertThat(Goldens.difference(dense, whole)).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @FieldSource("NETWORKS")
  void lossAndGradientsInTrainingEqualPyTorchs(String name) {
    Goldens golden = Goldens.of(name);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      VggBlock block = VggBlock.of(golden.network());
      block.load(manager, golden.parameters("weight"));
      block.byShape().forEach((shape, p) -> p.getArray().setRequiresGradient(shape.learned()));
      NDArray x = manager.create(golden.floats("input"), new Shape(3, 3, 64, 64));
      NDArray y = manager.create(golden.integers("labels"));
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        var store = new ParameterStore(manager, false);
        NDArray scores = block.forward(store, new NDList(x), true).singletonOrThrow();
        NDArray loss = new SoftmaxCrossEntropyLoss().evaluate(new NDList(y), new NDList(scores));
        collector.backward(loss);
        assertThat(Goldens.difference(scores.toFloatArray(), golden.floats("train_logits")))
            .isLessThan(TOLERANCE);
        assertThat(Math.abs(loss.getFloat() - golden.number("loss"))).isLessThan((float) TOLERANCE);
      }
      for (Map.Entry<ParameterShape, Parameter> entry : block.byShape().entrySet()) {
        if (entry.getKey().learned()) {
          String gradient = "gradient/" + entry.getKey().name();
          float[] given = entry.getValue().getArray().getGradient().toFloatArray();
          double difference = Goldens.difference(given, golden.floats(gradient));
          // a bias before a batch normalization has no gradient: compared absolutely
          boolean none = golden.network().batchNorm() && gradient.matches(".*/conv.*bias");
          assertThat(none ? difference : difference / golden.scale(gradient))
              .as("gradient of %s", entry.getKey())
              .isLessThan(gradient.matches(".*/bn.*bias") ? NORM_BIAS_TOLERANCE : TOLERANCE);
        }
      }
    }
  }
}
