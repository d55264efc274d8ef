package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import verydeep.VerydeepException;

class RecipeTest {

  @Test
  void thePapersNumbers() {
    Recipe paper = Recipe.paper();
    assertThat(paper.batch()).isEqualTo(256);
    assertThat(paper.momentum()).isEqualTo(0.9);
    assertThat(paper.decay()).isEqualTo(5e-4);
    assertThat(paper.epochs()).isEqualTo(74);
    assertThat(paper.rate()).isEqualTo(new LearningRate(0.01, 10, 3, 5));
  }

  @Test
  void eachSettingChangesAlone() {
    Recipe paper = Recipe.paper();
    assertThat(paper.batch(32)).isEqualTo(new Recipe(32, 0.9, 5e-4, paper.rate(), 74));
    assertThat(paper.momentum(0)).isEqualTo(new Recipe(256, 0, 5e-4, paper.rate(), 74));
    assertThat(paper.decay(0)).isEqualTo(new Recipe(256, 0.9, 0, paper.rate(), 74));
    assertThat(paper.epochs(1)).isEqualTo(new Recipe(256, 0.9, 5e-4, paper.rate(), 1));
    assertThat(paper.rate(0.1).rate()).isEqualTo(new LearningRate(0.1, 10, 3, 5));
    assertThat(paper.rate(LearningRate.constant(0.1)).rate()).isEqualTo(LearningRate.constant(0.1));
  }

  @Test
  void orderDoesNotMatter() {
    assertThat(Recipe.paper().batch(8).epochs(3).rate(0.02))
        .isEqualTo(Recipe.paper().rate(0.02).epochs(3).batch(8));
  }

  @Test
  void itPrintsAllValues() {
    assertThat(Recipe.paper())
        .hasToString(
            "batch 256, momentum 0.9, decay 5.0E-4, rate 0.01, divided by 10.0 up to 3 times after"
                + " 5 epochs without a better validation, 74 epochs at most");
    assertThat(LearningRate.constant(0.25)).hasToString("0.25, constant");
  }

  @Test
  void whatIsNotThePapersIsPrinted() {
    assertThat(Recipe.paper().changes()).isEmpty();
    assertThat(Recipe.paper().batch(32).epochs(8).changes())
        .containsExactly("batch 32 (paper 256)", "8 epochs at most (paper 74)");
    assertThat(Recipe.paper().rate(0.001).momentum(0.8).decay(0).changes())
        .hasSize(3)
        .anyMatch(change -> change.startsWith("rate 0.001") && change.contains("(paper 0.01"));
    assertThat(Recipe.paper().batch(32))
        .hasToString(Recipe.paper().toString().replace("256", "32 (paper 256)"));
  }

  @Test
  void settingsOutOfRangeAreNamedWithWhatIsAllowed() {
    refused(() -> Recipe.paper().batch(0), "The batch is 0; it must be 1 image or more.");
    refused(() -> Recipe.paper().momentum(1), "The momentum is 1.0", "from 0 to below 1");
    refused(() -> Recipe.paper().momentum(-0.1), "The momentum is -0.1", "from 0 to below 1");
    refused(() -> Recipe.paper().momentum(Double.NaN), "The momentum is NaN");
    refused(() -> Recipe.paper().decay(-1), "The weight decay is -1.0", "from 0");
    refused(() -> Recipe.paper().epochs(0), "The number of epochs is 0", "1 or more");
    refused(() -> Recipe.paper().rate(0), "The learning rate is 0.0", "above 0");
    refused(() -> Recipe.paper().rate(-1), "The learning rate is -1.0", "above 0");
    refused(() -> Recipe.paper().rate(Double.NaN), "The learning rate is NaN", "above 0");
    refused(
        () -> Recipe.paper().rate(Double.POSITIVE_INFINITY),
        "The learning rate is Infinity",
        "below 1000000");
    refused(() -> LearningRate.plateau(1).factor(1), "factor", "is 1.0", "above 1");
    refused(() -> LearningRate.plateau(1).falls(-1), "drops", "is -1", "0 or more");
    refused(() -> LearningRate.plateau(1).patience(0), "patience", "is 0", "1 epoch or more");
  }

  private static void refused(ThrowingCallable call, String... words) {
    assertThatThrownBy(call).isInstanceOf(VerydeepException.class).hasMessageContainingAll(words);
  }
}
