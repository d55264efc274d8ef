package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The schedule of section 3.1, epoch by epoch, written out by hand. */
class PlateauTest {

  private static final Pattern SPACE = Pattern.compile(" ");

  /** The rates of the epochs that are trained when the validations come out so. */
  private static List<Double> rates(LearningRate settings, int... wrong) {
    Plateau plateau = new Plateau(settings);
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < wrong.length && !plateau.ended(); i++) {
      rates.add(plateau.rate());
      plateau.observe(wrong[i]);
    }
    return rates;
  }

  @Test
  void theRateStaysWhileValidationBecomesBetter() {
    assertThat(rates(LearningRate.plateau(1).patience(2), 9, 8, 8, 7, 7, 6, 5))
        .containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0);
  }

  @Test
  void theRateFallsAfterPatienceEpochsWithoutABetterOne() {
    assertThat(rates(LearningRate.plateau(1).patience(3), 9, 5, 5, 6, 5, 5))
        .containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, 0.1);
  }

  @Test
  void aWorseEpochBetweenDoesNotCountAsABetterOneLater() {
    assertThat(rates(LearningRate.plateau(1).patience(3), 5, 9, 8, 7, 6))
        .containsExactly(1.0, 1.0, 1.0, 1.0, 0.1);
  }

  @Test
  void patienceCountsAnewAfterAFallAndAfterABetterEpoch() {
    assertThat(rates(LearningRate.plateau(1).patience(2), 5, 5, 5, 5, 4, 4, 4, 4))
        .containsExactly(1.0, 1.0, 1.0, 0.1, 0.1, 0.1, 0.1, 0.01);
  }

  @Test
  void itFallsThreeTimesAndEndsAfterTheFourthPlateau() {
    int[] stuck = new int[20];
    assertThat(rates(LearningRate.plateau(1).patience(2), stuck))
        .containsExactly(1.0, 1.0, 1.0, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001);
  }

  @Test
  void withoutFallsItEndsAtTheFirstPlateau() {
    assertThat(rates(LearningRate.plateau(1).falls(0).patience(1), 5, 4, 4, 4)).hasSize(3);
  }

  @Test
  void anotherFactor() {
    assertThat(rates(LearningRate.plateau(8).factor(2).falls(2).patience(1), new int[9]))
        .containsExactly(8.0, 8.0, 4.0, 2.0);
  }

  @Test
  void aConstantRateNeverFallsAndNeverEnds() {
    assertThat(rates(LearningRate.constant(0.5), new int[1000])).hasSize(1000).containsOnly(0.5);
  }

  @Test
  void onlyFewerWrongImagesAreBetter() {
    Plateau plateau = new Plateau(LearningRate.plateau(1));
    assertThat(plateau.observe(10)).isTrue();
    assertThat(plateau.observe(10)).isFalse();
    assertThat(plateau.observe(11)).isFalse();
    assertThat(plateau.observe(9)).isTrue();
    assertThat(plateau.observe(9)).isFalse();
  }

  @Test
  void evenAFirstEpochWithEverythingWrongIsTheBestSoFar() {
    assertThat(new Plateau(LearningRate.plateau(1)).observe(50_000)).isTrue();
  }

  /** As ReduceLROnPlateau of PyTorch, which knows no last fall. */
  @ParameterizedTest
  @CsvFileSource(resources = "plateau.csv")
  void theRatesArePyTorchs(int patience, String wrong, String rates) {
    int[] results = SPACE.splitAsStream(wrong).mapToInt(Integer::parseInt).toArray();
    double[] expected = SPACE.splitAsStream(rates).mapToDouble(Double::parseDouble).toArray();
    List<Double> given = rates(LearningRate.plateau(1).patience(patience).falls(99), results);
    assertThat(given).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(given.get(i)).as("epoch %d", i + 1).isCloseTo(expected[i], withinPercentage(1e-4));
    }
  }

  @Test
  void itGoesOnFromItsState() {
    LearningRate settings = LearningRate.plateau(1).patience(2).falls(1);
    int[] results = {9, 8, 8, 9, 7, 7, 7, 7};
    for (int stop = 0; stop < results.length; stop++) {
      Plateau whole = new Plateau(settings);
      Plateau parts = new Plateau(settings);
      for (int i = 0; i < results.length; i++) {
        if (i == stop) {
          parts = new Plateau(settings, parts.state());
        }
        assertThat(parts.observe(results[i])).isEqualTo(whole.observe(results[i]));
        assertThat(parts.rate()).isEqualTo(whole.rate());
        assertThat(parts.ended()).isEqualTo(whole.ended());
      }
      assertThat(parts.ended()).isTrue();
    }
  }

  @Test
  void aRateThatFellIsPrintedWithFewDigits() {
    assertThat(LearningRate.text(0.003 / 10))
        .isEqualTo("0.0003"); // as a double 3.0000000000000003E-4
    assertThat(LearningRate.text(0.01)).isEqualTo("0.01");
    assertThat(LearningRate.text(1e-5)).isEqualTo("0.00001");
  }
}
