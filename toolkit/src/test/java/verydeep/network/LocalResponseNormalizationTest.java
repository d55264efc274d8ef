package verydeep.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import verydeep.Goldens;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.djl.LayerArithmetic;
import verydeep.internal.passes.Activations;

/** Krizhevsky's normalization: against PyTorch, and against the formula written out. */
class LocalResponseNormalizationTest {

  private static final Layer NORM = Vgg.of(Configuration.A_LRN).build().layer("norm1");

  @ParameterizedTest
  @CsvSource({"wide, 16, 5", "narrow, 3, 4"})
  void outputAndGradientEqualPyTorchs(String name, int channels, int side) {
    Goldens golden = Goldens.of("lrn");
    Shape shape = new Shape(1, channels, side, side);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray x = manager.create(golden.floats(name + "/input"), shape);
      x.setRequiresGradient(true);
      NDArray given = manager.create(golden.floats(name + "/given"), shape);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray y = LayerArithmetic.apply(NORM, x, p -> null, true);
        assertThat(Goldens.relativeDifference(y.toFloatArray(), golden.floats(name + "/output")))
            .isLessThan(1e-6);
        collector.backward(y.mul(given).sum());
      }
      float[] gradient = x.getGradient().toFloatArray();
      assertThat(Goldens.relativeDifference(gradient, golden.floats(name + "/gradient")))
          .isLessThan(1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"wide, 16, 25", "narrow, 3, 16"})
  void formulaEqualsPyTorchs(String name, int channels, int places) {
    Goldens golden = Goldens.of("lrn");
    float[] output = formula(golden.floats(name + "/input"), channels, places);
    assertThat(Goldens.relativeDifference(output, golden.floats(name + "/output")))
        .isLessThan(1e-6);
  }

  @Test
  void responseOfALrnEqualsTheFormula() {
    Vgg network =
        Vgg.of(Configuration.A_LRN)
            .width(0.25)
            .classes(2)
            .input(32)
            .initialization(Initialization.normal(1))
            .build();
    float[] pixels = new float[2 * 3 * 32 * 32];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 37 * i % 256 - 120;
    }
    try (DjlForwardPass pass = DjlForwardPass.of(Parameters.initial(network, 1))) {
      List<Activations> found =
          pass.run(FloatBuffer.wrap(pixels), 2, 32, 32, List.of("conv1_1", "norm1", "pool1"));
      float[] before = found.get(0).values();
      float[] after = found.get(1).values();
      assertThat(Goldens.relativeDifference(after, formula(before, 16, 1024))).isLessThan(1e-6);
      assertThat(Goldens.largest(after)).isLessThan(Goldens.largest(before) / 2);
    }
  }

  /** b = a / (2 + 1e-4 sum of a^2 over five channels) ^ 0.75. */
  private static float[] formula(float[] a, int channels, int places) {
    float[] b = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      int channel = i / places % channels;
      double sum = 0;
      for (int c = Math.max(0, channel - 2); c <= Math.min(channels - 1, channel + 2); c++) {
        double neighbor = a[i + (c - channel) * places];
        sum += neighbor * neighbor;
      }
      b[i] = (float) (a[i] / Math.pow(2 + 1e-4 * sum, 0.75));
    }
    return b;
  }
}
