package verydeep.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.Goldens;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.onednn.OneDnn;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Configuration;
import verydeep.network.Layer;
import verydeep.network.MapShape;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** Each configuration against PyTorch: scores, dense scores, and each layer's activation. */
class CpuNetworksTest {

  private static final double TOLERANCE = 1e-4;

  static final List<String> NETWORKS = Goldens.NETWORKS;

  @ParameterizedTest
  @FieldSource("NETWORKS")
  void scoresAndDenseScoresEqualPyTorchs(String name) {
    Goldens golden = Goldens.of(name);
    for (Arithmetic arithmetic : List.of(Arithmetic.FAST, Arithmetic.EXACT)) {
      try (ForwardPass pass = Arithmetics.load(arithmetic, golden.parameters("weight"))) {
        Activations scores = pass.run(golden.buffer("input"), 3, 64, 64);
        assertThat(scores.shape()).isEqualTo(new MapShape(5, 1, 1));
        assertThat(Goldens.difference(scores.values(), golden.floats("logits")))
            .as("%s", arithmetic)
            .isLessThan(TOLERANCE);
        Activations dense = pass.run(golden.buffer("dense_input"), 1, 96, 128);
        assertThat(dense.shape()).isEqualTo(new MapShape(5, 2, 3));
        assertThat(Goldens.difference(dense.values(), golden.floats("dense_scores")))
            .as("%s, dense", arithmetic)
            .isLessThan(TOLERANCE);
      }
    }
  }

  /** All at once and one by one, since layers that no one asks for are computed together. */
  @ParameterizedTest
  @FieldSource("NETWORKS")
  void responseOfEachLayerIsDjls(String name) {
    Goldens golden = Goldens.of(name);
    List<String> layers = golden.network().layers().stream().map(Layer::name).toList();
    try (ForwardPass pass = Arithmetics.load(Arithmetic.FAST, golden.parameters("weight"));
        ForwardPass djl = DjlForwardPass.of(golden.parameters("weight"))) {
      List<Activations> wanted = new ArrayList<>();
      for (String layer : layers) {
        wanted.addAll(djl.run(golden.buffer("input"), 3, 64, 64, List.of(layer)));
      }
      List<Activations> together = pass.run(golden.buffer("input"), 3, 64, 64, layers);
      for (int i = 0; i < layers.size(); i++) {
        float[] values = wanted.get(i).values();
        Activations alone =
            pass.run(golden.buffer("input"), 3, 64, 64, List.of(layers.get(i))).get(0);
        assertThat(alone.layer()).isEqualTo(layers.get(i));
        assertThat(alone.shape()).isEqualTo(wanted.get(i).shape());
        assertThat(alone.values()).isEqualTo(together.get(i).values());
        assertThat(Goldens.relativeDifference(alone.values(), values))
            .as(layers.get(i))
            .isLessThan(TOLERANCE);
      }
    }
  }

  /** As few channels as an image has, in layers that do not read it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void networksOfVeryFewChannelsGiveDjlsScores(int channels) {
    Vgg net = Vgg.of(Configuration.B).width(channels / 64.0).input(32).classes(3).build();
    Parameters parameters = Parameters.initial(net, 1);
    Goldens golden = Goldens.of("A");
    try (ForwardPass djl = DjlForwardPass.of(parameters)) {
      List<String> layers = List.of("conv1_2", "fc8");
      List<Activations> wanted = djl.run(golden.buffer("input"), 3, 32, 32, layers);
      for (Arithmetic arithmetic : List.of(Arithmetic.FAST, Arithmetic.EXACT)) {
        try (ForwardPass pass = Arithmetics.load(arithmetic, parameters)) {
          List<Activations> given = pass.run(golden.buffer("input"), 3, 32, 32, layers);
          for (int i = 0; i < layers.size(); i++) {
            float[] values = wanted.get(i).values();
            assertThat(Goldens.relativeDifference(given.get(i).values(), values))
                .as("%s, %s", arithmetic, layers.get(i))
                .isLessThan(TOLERANCE);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void forwardPassDescribesItself(Arithmetic arithmetic) {
    String missing = arithmetic == Arithmetic.BF16 ? OneDnn.missing() : "";
    assumeTrue(missing.isEmpty(), missing);
    ForwardPass pass = Arithmetics.load(arithmetic, Goldens.of("A").parameters("weight"));
    assertThat(pass.arithmetic())
        .contains(
            switch (arithmetic) {
              case FAST -> "F(4x4, 3x3)";
              case EXACT -> "F(2x2, 3x3)";
              case DJL -> "DJL";
              case DJL_TF32 -> "TF32";
              case DJL_FLOAT16 -> "16 bits";
              case BF16 -> "bfloat16 by oneDNN";
            });
    assertThat(pass.bytes()).isPositive();
    pass.close();
    assertThat(pass.bytes()).isZero();
  }

  @Test
  void anInterruptEndsAPassAndTheNextOneIsWhole() {
    Goldens golden = Goldens.of("D");
    try (ForwardPass pass = Arithmetics.load(Arithmetic.FAST, golden.parameters("weight"))) {
      float[] whole = pass.run(golden.buffer("input"), 3, 64, 64).values();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pass.run(golden.buffer("input"), 3, 64, 64))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(pass.run(golden.buffer("input"), 3, 64, 64).values()).isEqualTo(whole);
    }
  }

  @Test
  void littleWorkAndNarrowNetworksAreLeftToDjl() {
    Vgg net = Vgg.of(Configuration.A).width(0.25).input(64).classes(5).build();
    Parameters parameters = Parameters.initial(net, 1);
    Parameters narrow = Goldens.of("A").parameters("weight");
    assertThat(Arithmetics.forWork(parameters, 1e11)).isEqualTo(Arithmetic.DJL);
    assertThat(Arithmetics.forWork(parameters, 1e13)).isEqualTo(Arithmetic.FAST);
    assertThat(Arithmetics.forWork(narrow, 1e13)).isEqualTo(Arithmetic.DJL);
  }

  @Test
  void trainingsWithLittleWorkAreLeftToDjl() {
    Vgg net = Vgg.of(Configuration.A).width(0.25).input(64).classes(5).build();
    Vgg normalized = net.with().batchNorm(true).build();
    assertThat(Arithmetics.forTraining(net, 1e11)).isEqualTo(Arithmetic.DJL);
    assertThat(Arithmetics.forTraining(net, 1e13)).isEqualTo(Arithmetic.FAST);
    assertThat(Arithmetics.forTraining(normalized, 1e13)).isEqualTo(Arithmetic.FAST);
    // a heap of 3 GB does not hold ten times the weights of D
    Vgg large = Vgg.of(Configuration.D).units(20_000).build();
    assertThat(Arithmetics.forTraining(large, 1e15)).isEqualTo(Arithmetic.DJL);
    assertThat(Arithmetics.whyNotTrain(Arithmetic.FAST, large)).contains("larger -Xmx");
  }

  @ParameterizedTest
  @CsvSource({
    "A, 0.0625, FAST",
    "A, 0.03, DJL",
    "E, 0.0625, FAST",
    "A_LRN, 0.125, FAST",
    "B_5X5, 0.0625, FAST",
    "B_5X5, 0.03, DJL"
  })
  void trainingsAreLeftToDjlWhereItIsFaster(
      Configuration configuration, double width, Arithmetic faster) {
    Vgg net = Vgg.of(configuration).width(width).input(64).classes(5).build();
    assertThat(Arithmetics.forTraining(net, 1e13)).isEqualTo(faster);
  }
}
