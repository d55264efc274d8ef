package verydeep.internal.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.Goldens;
import verydeep.VerydeepException;
import verydeep.internal.djl.DjlForwardPass.Numbers;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Parameters;

/** The numbers of cards, on the CPU: the same code. */
class NumbersTest {

  private static float[] scores(Numbers numbers, String golden) {
    Goldens goldens = Goldens.of(golden);
    try (ForwardPass pass = DjlForwardPass.of(goldens.parameters("weight"), numbers)) {
      return pass.run(goldens.buffer("input"), 3, 64, 64).values();
    }
  }

  @Test
  void aCpuHasNoTf32() {
    if (!DjlForwardPass.usesGpu()) {
      assertThat(scores(Numbers.TF32, "D")).isEqualTo(scores(Numbers.FLOAT32, "D"));
    }
  }

  @Test
  void sixteenBitsAreCloseAndTakeHalfTheMemory() {
    float[] expected = scores(Numbers.FLOAT32, "D");
    float[] given = scores(Numbers.FLOAT16, "D");
    double largest = 0;
    for (float score : expected) {
      largest = Math.max(largest, Math.abs(score));
    }
    assertThat(Goldens.difference(given, expected)).isBetween(1e-9, 1e-2 * largest);
    Parameters weights = Goldens.of("D").parameters("weight");
    try (ForwardPass half = DjlForwardPass.of(weights, Numbers.FLOAT16)) {
      assertThat(half.bytes()).isEqualTo(weights.bytes() / 2);
      assertThat(half.arithmetic()).contains("16 bits");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A_LRN", "A_bn"})
  void normalizationOverflowsSixteenBits(String golden) {
    Parameters weights = Goldens.of(golden).parameters("weight");
    assertThatThrownBy(() -> DjlForwardPass.of(weights, Numbers.FLOAT16))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("normalization", "Use TF32 or 32 bits");
  }
}
