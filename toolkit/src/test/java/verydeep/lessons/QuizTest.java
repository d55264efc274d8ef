package verydeep.lessons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import verydeep.VerydeepException;

/** The key, against numbers worked out by hand. */
class QuizTest {

  private static final Map<String, Double> BY_HAND =
      Map.ofEntries(
          Map.entry("1 size without padding", 26.0),
          Map.entry("1 size with padding", 224.0),
          Map.entry("1 weights of conv1_1", 1_792.0),
          Map.entry("1 multiplications of conv1_1", 86_704_128.0),
          Map.entry("1 field of two layers", 5.0),
          Map.entry("1 three for one", 55.102),
          Map.entry("1 size after pooling", 112.0),
          Map.entry("2 layers of D", 16.0),
          Map.entry("2 stride of pool5", 32.0),
          Map.entry("2 side of pool5", 7.0),
          Map.entry("2 field of pool5", 212.0),
          Map.entry("2 parameters of fc6", 102_764_544.0),
          Map.entry("2 share of fc6", 74.0),
          Map.entry("2 parameters for ten classes", 134_301_514.0),
          Map.entry("2 cost of twice the side", 4.0),
          Map.entry("2 places at 384", 6.0),
          Map.entry("3 softmax", 0.66524),
          Map.entry("3 loss of a guess", 2.30259),
          Map.entry("3 gradient of the true class", -0.33476),
          Map.entry("3 steps of an epoch", 87.0),
          Map.entry("3 steps of the paper", 375_781.25),
          Map.entry("3 longest step", 0.1),
          Map.entry("3 rate after three falls", 10.0),
          Map.entry("4 places at 160", 4.0),
          Map.entry("4 views of multi-crop", 150.0),
          Map.entry("4 points of one image", 0.29326),
          Map.entry("4 half width", 5.2375),
          Map.entry("4 chance of 20 to 10", 9.8737),
          Map.entry("4 top-5 of chance", 50.0),
          Map.entry("4 mean of posteriors", 0.55),
          Map.entry("5 activations of pool4", 8_192.0),
          Map.entry("5 length of a vector", 512.0),
          Map.entry("5 three scales stacked", 1_536.0),
          Map.entry("5 cosine", 0.96),
          Map.entry("5 numbers learned", 5_130.0),
          Map.entry("5 mean class recall", 70.0),
          Map.entry("6 decision value", 0.3),
          Map.entry("6 field of a place", 100.0),
          Map.entry("6 windows of occlusion", 25.0),
          Map.entry("6 passes of occlusion", 26.0),
          Map.entry("6 weight of a channel", 0.5),
          Map.entry("6 pixels deleted", 2_304.0),
          Map.entry("7 unknowns", 27_648.0),
          Map.entry("7 equations of conv1_2", 589_824.0),
          Map.entry("7 equations of pool5", 4_608.0),
          Map.entry("7 numbers of a Gram matrix", 4_096.0),
          Map.entry("7 Gram", 2.0),
          Map.entry("7 variation", 30.0),
          Map.entry("7 a step down", 5.76),
          Map.entry("project IoU aside", 2.0 / 3),
          Map.entry("project IoU across", 0.470588),
          Map.entry("project IoU of a quarter", 0.25),
          Map.entry("project outputs of one box", 4.0),
          Map.entry("project outputs of a box a class", 12.0),
          Map.entry("project places of three scales", 17.0));

  @Test
  void everyAnswerIsTheOneWorkedOutByHand() {
    Map<String, Double> key = new TreeMap<>();
    each((lesson, quiz, question) -> key.put(lesson + " " + question.name(), question.right()));

    assertThat(key).containsOnlyKeys(BY_HAND.keySet());
    key.forEach(
        (name, right) ->
            assertThat(right)
                .as(name)
                .isCloseTo(BY_HAND.get(name), within(1e-4 * Math.abs(BY_HAND.get(name)))));
  }

  @Test
  void everyRightAnswerIsRight() {
    each(
        (lesson, quiz, question) -> {
          Quiz.Answer answer = quiz.answer(question.name(), question.right());
          assertThat(answer.right()).as(question.name()).isTrue();
          assertThat(answer.orThrow()).isSameAs(answer);
        });
  }

  @Test
  void everyWrongNumberGetsItsOwnHintAndNotTheAnswer() {
    each(
        (lesson, quiz, question) -> {
          assertThat(question.hints()).as(question.name()).isNotEmpty();
          List<String> said = new ArrayList<>();
          question
              .hints()
              .forEach(
                  (wrong, hint) -> {
                    Quiz.Answer answer = quiz.answer(question.name(), wrong);
                    assertThat(answer.right()).as("%s: %s", question.name(), wrong).isFalse();
                    assertThat(answer.text()).endsWith(hint);
                    said.add(hint);
                  });
          assertThat(said).as(question.name()).doesNotHaveDuplicates();
        });
  }

  @Test
  void aFieldThatIsDoubledForwardsIsToldSo() {
    Quiz.Answer answer = Quiz.of("2").answer("field of pool5", 308);

    assertThat(answer.right()).isFalse();
    assertThat(answer.text())
        .startsWith("field of pool5: 308 is not right. That goes from the image upwards")
        .doesNotContain("212");
  }

  @Test
  void anUnknownWrongNumberGetsTheQuestionAgain() {
    Quiz.Answer answer = Quiz.of("1").answer("size without padding", 17);

    assertThat(answer.toString())
        .isEqualTo(
            "size without padding: 17 is not right. A 3x3 window slides over 28x28 numbers and"
                + " never leaves them. How many places does it have on a side?");
  }

  @Test
  void aRoundedNumberIsRight() {
    assertThat(Quiz.of("3").answer("loss of a guess", 2.3).right()).isTrue();
    assertThat(Quiz.of("3").answer("loss of a guess", 2.2).right()).isFalse();
    assertThat(Quiz.of("3").answer("steps of the paper", 375_000).right()).isTrue();
    assertThat(Quiz.of("2").answer("parameters of fc6", 102.8e6).right()).isTrue();
  }

  @Test
  void aCountIsExact() {
    assertThat(Quiz.of("2").answer("field of pool5", 211).right()).isFalse();
    assertThat(Quiz.of("2").answer("field of pool5", 212.5).right()).isFalse();
  }

  @Test
  void noNumberIsNotRight() {
    assertThat(Quiz.of("2").answer("field of pool5", Double.NaN).right()).isFalse();
    assertThat(Quiz.of("3").answer("loss of a guess", Double.POSITIVE_INFINITY).right()).isFalse();
  }

  @Test
  void aWrongAnswerEndsAGradedCell() {
    assertThatThrownBy(() -> Quiz.of("2").answer("field of pool5", 181).orThrow())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("The pooling windows are 2 wide");
  }

  @Test
  void anUnknownLessonOrQuestionIsNamedWithThoseThereAre() {
    assertThatThrownBy(() -> Quiz.of("8"))
        .isInstanceOf(VerydeepException.class)
        .hasMessage(
            "There is no lesson \"8\"; there are \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\","
                + " \"project\".");
    assertThatThrownBy(() -> Quiz.of("6").answer("field", 1))
        .isInstanceOf(VerydeepException.class)
        .hasMessageStartingWith("Lesson 6 has no question \"field\"; there are \"decision value\"");
  }

  @Test
  void aQuizPrintsItsQuestionsWithoutAnswers() {
    assertThat(Quiz.of("2").toString())
        .startsWith("Quiz of lesson 2\n  layers of D: How many")
        .doesNotContain("212");
  }

  private interface Visit {
    void of(String lesson, Quiz quiz, Question question);
  }

  private static void each(Visit visit) {
    for (String lesson : Quiz.lessons()) {
      Quiz quiz = Quiz.of(lesson);
      quiz.questions().forEach(name -> visit.of(lesson, quiz, quiz.question(name)));
    }
  }
}
