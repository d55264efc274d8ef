package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import verydeep.VerydeepException;

class ErrorRateTest {

  /** The ends are SciPy 1.17.1's: binomtest(k, n).proportion_ci(method="wilson"). */
  @ParameterizedTest
  @CsvSource({
    "0, 10, 0.0, 0.27753279986288926",
    "5, 10, 0.236593090512564, 0.7634069094874361",
    "10, 10, 0.7224672001371109, 1.0",
    "95, 341, 0.23367799053701876, 0.3284396257252564",
    "1, 1, 0.20654931437723745, 1.0",
    "0, 1, 0.0, 0.7934506856227626",
    "3, 50, 0.020614970348973957, 0.1621709168883817",
    "27, 1000, 0.018621382774294995, 0.03899873075304015",
    "12703, 50000, 0.25026321497191756, 0.25789457286016887"
  })
  void theIntervalIsWilsons(int wrong, int images, double low, double high) {
    ErrorRate rate = new ErrorRate(wrong, images);
    assertThat(rate.low()).isCloseTo(low, within(1e-12));
    assertThat(rate.high()).isCloseTo(high, within(1e-12));
    assertThat(rate.value()).isEqualTo((double) wrong / images);
    assertThat(rate.value()).isBetween(rate.low() - 1e-12, rate.high() + 1e-12);
  }

  @Test
  void hugeCountsDoNotOverflow() {
    ErrorRate rate = new ErrorRate(1_000_000_000, 2_000_000_000);
    assertThat(rate.low()).isCloseTo(0.5 - 2.2e-5, within(1e-6));
    assertThat(rate.high()).isCloseTo(0.5 + 2.2e-5, within(1e-6));
  }

  @Test
  void itPrintsPercentages() {
    assertThat(new ErrorRate(95, 341)).hasToString("27.9% (23.4 to 32.8)");
    assertThat(new ErrorRate(0, 10)).hasToString("0.0% (0.0 to 27.8)");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 5", "6, 5", "0, -1"})
  void impossibleCounts(int wrong, int images) {
    assertThatThrownBy(() -> new ErrorRate(wrong, images))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining(wrong + " of " + images);
  }
}
