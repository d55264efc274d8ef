package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static verydeep.transfer.AveragePrecision.ranked;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import verydeep.VerydeepException;

class AveragePrecisionTest {

  private static final Pattern SPACE = Pattern.compile(" ");

  private static double[] numbers(String text) {
    return SPACE.splitAsStream(text).mapToDouble(Double::parseDouble).toArray();
  }

  private static boolean[] flags(double[] numbers) {
    boolean[] flags = new boolean[numbers.length];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = numbers[i] == 1;
    }
    return flags;
  }

  @ParameterizedTest
  @CsvFileSource(resources = "precision.csv", maxCharsPerColumn = 10_000)
  void theyAreVocs(String scoreText, String showText, double eleven, double area) {
    double[] scores = numbers(scoreText);
    boolean[] shows = flags(numbers(showText));
    assertThat(AveragePrecision.elevenPoints(ranked(scores, shows)))
        .isCloseTo(eleven, within(1e-9));
    assertThat(AveragePrecision.areaUnderCurve(ranked(scores, shows)))
        .isCloseTo(area, within(1e-9));
  }

  @Test
  void aPerfectOrderIsOne() {
    double[] scores = {4, 3, 2, 1};
    boolean[] shows = {true, true, false, false};
    assertThat(AveragePrecision.elevenPoints(ranked(scores, shows))).isCloseTo(1, within(1e-12));
    assertThat(AveragePrecision.areaUnderCurve(ranked(scores, shows))).isEqualTo(1);
  }

  @Test
  void equalScoresCountInTheirOrder() {
    double[] same = {1, 1};
    assertThat(AveragePrecision.areaUnderCurve(ranked(same, new boolean[] {true, false})))
        .isEqualTo(1);
    assertThat(AveragePrecision.areaUnderCurve(ranked(same, new boolean[] {false, true})))
        .isEqualTo(0.5);
  }

  @Test
  void whatHasNoPrecisionIsRefused() {
    assertThatThrownBy(() -> ranked(new double[2], new boolean[2]))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("No image");
    assertThatThrownBy(() -> ranked(new double[2], new boolean[3]))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("2 scores", "3 images");
    assertThatThrownBy(() -> ranked(new double[] {Double.NaN, 1}, new boolean[] {true, false}))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("not a number");
  }

  @Test
  void zeroesOfEitherSignAreTies() {
    double[] scores = {-0.0, 0.0};
    boolean[] shows = {true, false};
    assertThat(AveragePrecision.elevenPoints(ranked(scores, shows))).isEqualTo(1);
  }
}
