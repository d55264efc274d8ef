package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import verydeep.VerydeepException;

class ComparisonTest {

  /** Images 0, 1, 2, ... of class "a"; an "x" is right, an "o" is wrong. */
  private static Evaluation test(String name, String rights) {
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < rights.length(); i++) {
      float own = rights.charAt(i) == 'x' ? 0.9f : 0.1f;
      predictions.add(
          new Prediction(Path.of("photo" + i), 0, new float[] {own, 1 - own, 0, 0, 0, 0}));
    }
    return new Evaluation(name, "dense", List.of("a", "b", "c", "d", "e", "f"), predictions, 1);
  }

  @Test
  void onlyImagesThatTellTheTestsApartCount() {
    Comparison comparison = test("one", "xxooxx").compareWith(test("other", "xoxxxx"));
    assertThat(comparison)
        .isEqualTo(new Comparison("one, dense", "other, dense", "top-1 error", 6, 2, 1));
    assertThat(comparison.gain()).isEqualTo(1 / 6.0);
    assertThat(comparison.pValue()).isCloseTo(1, within(1e-12));
    assertThat(comparison.toString().lines().findFirst().orElseThrow())
        .startsWith("top-1 error of \"other, dense\" lower by 16.7 points");
    assertThat(Comparison.of(test("one", "xo"), test("other", "ox"), 5).onlyFirstWrong()).isZero();
    assertThatThrownBy(() -> Comparison.of(test("one", "xo"), test("other", "ox"), 0))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("top-0");
    assertThatThrownBy(() -> new Comparison("a", "b", "top-1 error", 6, 4, 3))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("6 images", "4 and 3");
  }

  @Test
  void aWorseTestIsHigherNotLowerByLess() {
    assertThat(test("one", "xxxooo").compareWith(test("other", "xooooo")).toString())
        .startsWith("top-1 error of \"other, dense\" higher by 33.3 points (")
        .doesNotContain("-33");
    assertThat(test("one", "xo").compareWith(test("other", "xo")).toString())
        .contains("lower by 0.0 points");
    assertThat(new Comparison("a", "b", "top-1 error", 50_000, 0, 1).toString())
        .contains("higher by 0.0 points", " (0.0 to 0.0)")
        .doesNotContain("-0.0");
    assertThat(test("one", "xo").compareWith(test("other", "ox"), 5).error())
        .isEqualTo("top-5 error");
  }

  @ParameterizedTest
  @CsvFileSource(resources = "mcnemar.csv")
  void pValuesAreSciPys(int first, int second, double p) {
    Comparison comparison = new Comparison("a", "b", "top-1 error", 50_000, first, second);
    assertThat(comparison.pValue()).isCloseTo(p, within(1e-9 * p + 1e-300));
  }

  /** Bonett and Price 2012: Wald's interval with one more image in each of the two cells. */
  @Test
  void theIntervalHoldsTheGainAndIsNarrowerForMoreImages() {
    Comparison few = new Comparison("a", "b", "top-1 error", 100, 15, 5);
    double p12 = 16 / 102.0;
    double p21 = 6 / 102.0;
    double reach = 1.959964 * Math.sqrt((p12 + p21 - (p12 - p21) * (p12 - p21)) / 102);
    assertThat(few.low()).isCloseTo(p12 - p21 - reach, within(1e-6));
    assertThat(few.high()).isCloseTo(p12 - p21 + reach, within(1e-6));
    assertThat(few.gain()).isBetween(few.low(), few.high());
    Comparison many = new Comparison("a", "b", "top-1 error", 10_000, 1500, 500);
    assertThat(many.high() - many.low()).isLessThan((few.high() - few.low()) / 5);
    assertThat(new Comparison("a", "b", "top-1 error", 10, 0, 0).low()).isNegative();
  }

  @Test
  void testsOfOtherImagesAreRefused() {
    Evaluation two = test("two", "xx");
    assertThatThrownBy(() -> two.compareWith(test("three", "xxx")))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("three", "3 images", "two", "2");
    assertThatThrownBy(() -> test("three", "xxx").compareWith(two))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("photo2", "not in both");
    Evaluation others =
        new Evaluation(
            "n",
            "p",
            List.of("a", "b"),
            List.of(new Prediction(Path.of("photo0"), 0, new float[] {1, 2})),
            1);
    assertThatThrownBy(() -> Evaluation.mean(two, others))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("other classes");
    assertThatThrownBy(() -> Evaluation.mean())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("at least one test");
  }

  @Test
  void theMeanDoesNotDependOnTheOrderOfTheImages() {
    Evaluation one = test("one", "xox");
    List<Prediction> turned = new ArrayList<>(test("other", "oxx").predictions());
    Collections.reverse(turned);
    Evaluation other = new Evaluation("other", "dense", one.classes(), turned, 2);
    Evaluation mean = Evaluation.mean(one, other);
    assertThat(mean.predictions().get(0).score(0)).isEqualTo(0.5f);
    assertThat(mean.predictions().get(2).score(0)).isEqualTo(0.9f);
    assertThat(mean.name()).isEqualTo("one & other");
    assertThat(mean.protocol()).isEqualTo("dense");
    assertThat(mean.seconds()).isEqualTo(3);
    assertThat(mean.views()).isEmpty();
  }
}
