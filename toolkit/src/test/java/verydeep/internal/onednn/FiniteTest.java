package verydeep.internal.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.IntBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteTest {

  /** More than is looked at in one go. */
  private static final int COUNT = 4096 + 13;

  private static IntBuffer bits(int at, float number) {
    int[] bits = new int[COUNT + 2];
    bits[at + 1] = Float.floatToRawIntBits(number);
    return IntBuffer.wrap(bits);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void oneNumberThatIsNotFiniteIsFoundWhereverItIs(float number) {
    for (int at : new int[] {0, 1, 4094, 4095, 4096, COUNT - 1}) {
      assertThat(Finite.all(bits(at, number), 1, COUNT)).as("at %d", at).isFalse();
    }
  }

  @Test
  void anyNanIsFound() {
    for (int nan : new int[] {0x7f800001, 0x7fffffff, 0xff800001, 0xffffffff}) {
      int[] bits = {0, nan, 0};
      assertThat(Finite.all(IntBuffer.wrap(bits), 0, 3)).as("%x", nan).isFalse();
      assertThat(Finite.all(new float[] {0, Float.intBitsToFloat(nan), 0})).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -0f, 255f, -1f})
  void finiteNumbersAre(float number) {
    assertThat(Finite.all(bits(COUNT / 2, number), 1, COUNT)).isTrue();
    assertThat(Finite.all(new float[] {1, number, -2})).isTrue();
  }

  @Test
  void whatLiesOutsideTheRangeDoesNotCount() {
    assertThat(Finite.all(bits(-1, Float.NaN), 1, COUNT)).isTrue();
    assertThat(Finite.all(bits(COUNT, Float.NaN), 1, COUNT)).isTrue();
  }
}
