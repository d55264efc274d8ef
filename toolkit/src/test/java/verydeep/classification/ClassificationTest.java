package verydeep.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import verydeep.VerydeepException;
import verydeep.data.RgbImage;

/** An answer for one image. */
class ClassificationTest {

  private static final List<String> PANDAS =
      List.of("lesser panda, red panda, panda", "giant panda, panda, panda bear", "cat");
  private static final RgbImage PIXEL = RgbImage.of(1, 1, new byte[3]);

  private static Classification answer(Classification.Kind kind, float... scores) {
    return Classification.of(PIXEL, "photo.jpg", PANDAS, scores, kind, "VGG D, dense, Q=256");
  }

  @Test
  void aClassIsFoundByASynonymThatIsItsOwn() {
    Classification answer = answer(Classification.Kind.POSTERIOR, 0.5f, 0.375f, 0.125f);

    assertThat(answer.score("red panda")).isEqualTo(0.5f);
    assertThat(answer.score("panda bear")).isEqualTo(0.375f);
    assertThat(answer.score("cat")).isEqualTo(0.125f);
    assertThatThrownBy(() -> answer.score("panda"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageStartingWith("There is more than one class \"panda\"");
    assertThatThrownBy(() -> answer.score("dog"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageStartingWith("There is no class \"dog\"; there are \"lesser panda, red panda");
    assertThatThrownBy(() -> answer.score(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void ofEqualScoresTheFirstClassIsFirst() {
    Classification answer = answer(Classification.Kind.POSTERIOR, 0.25f, 0.5f, 0.25f);

    assertThat(answer.top(10)).extracting(Classification.Score::label).containsExactly(1, 0, 2);
    assertThat(answer.top(2)).extracting(Classification.Score::label).containsExactly(1, 0);
    assertThat(answer.best().className()).isEqualTo("giant panda, panda, panda bear");
    assertThatThrownBy(() -> answer.top(0))
        .isInstanceOf(VerydeepException.class)
        .hasMessage("The number of classes to name is 0; it must be 1 or more.");
  }

  @Test
  void posteriorsPrintAsPercentagesAndDecisionValuesAsNumbers() {
    assertThat(answer(Classification.Kind.POSTERIOR, 0.5f, 0.375f, 0.125f))
        .hasToString(
            "photo.jpg: lesser panda, red panda, panda 50.0%, giant panda, panda, panda bear 37.5%,"
                + " cat 12.5%\nVGG D, dense, Q=256");
    assertThat(answer(Classification.Kind.DECISION_VALUE, -1, 1.25f, -0.004f).top(2))
        .asString()
        .isEqualTo("[giant panda, panda, panda bear 1.25, cat -0.00]");
  }

  @Test
  void whatIsShownIsAboveZero() {
    assertThat(answer(Classification.Kind.DECISION_VALUE, 0.5f, -2, 1).shown())
        .extracting(Classification.Score::className)
        .containsExactly("cat", PANDAS.get(0));
    assertThat(answer(Classification.Kind.DECISION_VALUE, 0, -2, -1).shown()).isEmpty();
    assertThatThrownBy(() -> answer(Classification.Kind.POSTERIOR, 1, 0, 0).shown())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("ask for top(...)");
  }

  @Test
  void scoresAreCopiedAndCounted() {
    float[] scores = {1, 0, 0};
    Classification answer = answer(Classification.Kind.POSTERIOR, scores);
    scores[0] = 5;

    assertThat(answer.score(0)).isEqualTo(1);
    assertThat(answer.file()).isEmpty();
    assertThat(answer.image()).isSameAs(PIXEL);
    assertThatThrownBy(() -> answer(Classification.Kind.POSTERIOR, 1, 0))
        .isInstanceOf(VerydeepException.class)
        .hasMessage("There are 2 scores for 3 classes.");
  }
}
