package verydeep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static verydeep.network.Configuration.A;
import static verydeep.network.Configuration.B;
import static verydeep.network.Configuration.C;
import static verydeep.network.Configuration.D;
import static verydeep.network.Configuration.E;

import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import verydeep.Goldens;
import verydeep.VerydeepException;
import verydeep.internal.djl.VggBlock;

/** Which arrays are a network's, and how the first ones are drawn. */
class ParametersTest {

  private static final Vgg NARROW = Vgg.of(A).width(1.0 / 32).classes(5).input(64).build();
  private static final Vgg WIDE = Vgg.of(A).width(0.25).classes(100).input(64).build();

  @Test
  void missingArrayIsNamed() {
    Map<String, Tensor> tensors = tensors(NARROW);
    tensors.remove("conv3_2.bias");
    assertThatThrownBy(() -> Parameters.of(NARROW, tensors))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("network A, width 0.03", "conv3_2.bias 8", "missing");
  }

  @Test
  void otherShapeIsNamed() {
    Map<String, Tensor> tensors = tensors(NARROW);
    tensors.put("fc8.weight", Tensor.of(List.of(1, 640), new float[640]));
    assertThatThrownBy(() -> Parameters.of(NARROW, tensors))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("fc8.weight 5x128", "[1, 640]");
  }

  @Test
  void arrayOfNoLayerIsNamed() {
    Map<String, Tensor> tensors = tensors(NARROW);
    tensors.put("conv9_9.weight", Tensor.of(List.of(1), 0f));
    assertThatThrownBy(() -> Parameters.of(NARROW, tensors))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("conv9_9.weight", "no layer");
  }

  @Test
  void arraysOfAnotherNetAreRefused() {
    Vgg deeper = Vgg.of(B).width(1.0 / 32).classes(5).input(64).build();
    assertThatThrownBy(() -> Parameters.of(deeper, tensors(NARROW)))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("network B", "conv1_2.weight", "more");
    assertThatThrownBy(() -> Parameters.of(NARROW, tensors(deeper)))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("belongs to no layer");
    assertThatThrownBy(() -> Parameters.initial(NARROW, 1).get("conv1_2.weight"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("conv1_2.weight", "conv1_1.weight");
  }

  @Test
  void tensorOfAnotherSizeThanItsShapeIsRefused() {
    assertThatThrownBy(() -> Tensor.of(List.of(2, 3), new float[5]))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("[2, 3]", "6", "5");
  }

  @ParameterizedTest
  @CsvSource({"conv1_1, 27, 144", "conv3_2, 576, 576", "fc6, 512, 1024", "fc8, 1024, 100"})
  void glorotIsUniformWithinItsBound(String layer, int fanIn, int fanOut) {
    float[] drawn = Parameters.initial(WIDE, 3).get(layer + ".weight").toArray();
    double bound = Math.sqrt(6.0 / (fanIn + fanOut));
    assertThat(Goldens.largest(drawn)).isBetween(0.95 * bound, 1.0000001 * bound);
    check(drawn, bound / Math.sqrt(3));
  }

  @ParameterizedTest
  @CsvSource({"conv1_1, 27", "conv3_2, 576", "fc6, 512", "fc8, 1024"})
  void heIsNormalByFanIn(String layer, int fanIn) {
    Vgg network = WIDE.with().initialization(Initialization.he()).build();
    float[] drawn = Parameters.initial(network, 3).get(layer + ".weight").toArray();
    check(drawn, Math.sqrt(2.0 / fanIn));
  }

  @ParameterizedTest
  @CsvSource({"conv1_1", "conv3_2", "fc6", "fc8"})
  void thePapersHasADeviationOfAHundredth(String layer) {
    Vgg network = WIDE.with().initialization(Initialization.paper()).build();
    check(Parameters.initial(network, 3).get(layer + ".weight").toArray(), 0.01);
  }

  @Test
  void deviationOfZeroIsRefused() {
    assertThatThrownBy(() -> Initialization.normal(0))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("0.0", "greater than 0");
  }

  @Test
  void biasesBeginAtZeroAndBatchNormalizationAsTheIdentity() {
    Parameters initial = Parameters.initial(NARROW.with().batchNorm(true).build(), 1);
    assertThat(initial.get("conv1_1.bias").toArray()).containsOnly(0);
    assertThat(initial.get("fc8.bias").toArray()).containsOnly(0);
    assertThat(initial.get("bn1_1.weight").toArray()).containsOnly(1);
    assertThat(initial.get("bn1_1.bias").toArray()).containsOnly(0);
    assertThat(initial.get("bn1_1.running_mean").toArray()).containsOnly(0);
    assertThat(initial.get("bn1_1.running_var").toArray()).containsOnly(1);
  }

  @Test
  void sameSeedGivesTheSameBitsAndAnotherSeedOthers() {
    for (String name : Parameters.initial(NARROW, 5).names()) {
      float[] first = Parameters.initial(NARROW, 5).get(name).toArray();
      assertThat(Parameters.initial(NARROW, 5).get(name).toArray()).isEqualTo(first);
      if (name.endsWith("weight")) {
        assertThat(Parameters.initial(NARROW, 6).get(name).toArray()).isNotEqualTo(first);
      }
    }
  }

  @Test
  void drawOfALayerDoesNotDependOnTheOthers() {
    Vgg deep = Vgg.of(E).width(1.0 / 32).classes(5).input(64).build();
    Parameters shallow = Parameters.initial(NARROW, 5);
    Parameters deeper = Parameters.initial(deep, 5);
    for (String name : new String[] {"conv1_1", "conv3_2", "conv5_2", "fc6", "fc8"}) {
      assertThat(deeper.get(name + ".weight").toArray())
          .isEqualTo(shallow.get(name + ".weight").toArray());
    }
  }

  @Test
  void layersOfTheSameShapeAreDrawnDifferently() {
    Parameters d = Parameters.initial(Vgg.of(D).width(1.0 / 32).classes(5).input(64).build(), 5);
    assertThat(d.get("conv5_1.weight").toArray()).isNotEqualTo(d.get("conv5_2.weight").toArray());
  }

  private static Map<String, Tensor> tensors(Vgg network) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Parameters initial = Parameters.initial(network, 1);
    initial.names().forEach(name -> tensors.put(name, initial.get(name)));
    return tensors;
  }

  /** Mean 0 and the deviation, each within five standard errors. */
  private static void check(float[] drawn, double deviation) {
    double sum = 0;
    double squares = 0;
    for (float value : drawn) {
      sum += value;
      squares += (double) value * value;
    }
    double error = 5 / Math.sqrt(drawn.length);
    assertThat(Math.abs(sum / drawn.length)).isLessThan(error * deviation);
    assertThat(Math.sqrt(squares / drawn.length) / deviation).isBetween(1 - error, 1 + error);
  }

  /**
   * A 1x1 convolution's weights are the same in both layouts, and once were a view of Java's
   * memory.
   */
  @Test
  void weightsInABlockAreItsOwnWhateverTheCollectorDoes() {
    Parameters weights =
        Parameters.initial(Vgg.of(C).width(1 / 4.0).classes(3).input(32).build(), 1);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      VggBlock block = VggBlock.of(weights.network());
      block.load(manager, weights);
      List<ByteBuffer> others = new ArrayList<>();
      for (int round = 0; round < 4; round++) {
        System.gc();
        for (int i = 0; i < 200; i++) {
          ByteBuffer other = ByteBuffer.allocateDirect(4 * 64 * 64);
          while (other.hasRemaining()) {
            other.put((byte) 0x55);
          }
          others.add(other);
        }
      }
      Parameters kept = block.parameters();
      assertThat(others).hasSize(800);
      for (String name : weights.names()) {
        assertThat(kept.get(name).toArray()).as(name).isEqualTo(weights.get(name).toArray());
      }
    }
  }
}
