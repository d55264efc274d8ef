package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import verydeep.VerydeepException;

/** Ranks, the two errors made of them, and the confusion matrix. */
class PredictionTest {

  private static final float NAN = Float.NaN;

  private static Prediction of(int label, float... scores) {
    return new Prediction(Path.of("image.png"), label, scores);
  }

  @Test
  void theRankCountsHigherScores() {
    assertThat(of(1, 0.1f, 0.7f, 0.2f).rank()).isEqualTo(1);
    assertThat(of(2, 0.1f, 0.7f, 0.2f).rank()).isEqualTo(2);
    assertThat(of(0, 0.1f, 0.7f, 0.2f).rank()).isEqualTo(3);
    assertThat(of(1, 0.1f, 0.7f, 0.2f).predicted()).isEqualTo(1);
    assertThat(of(1, 0.1f, 0.7f, 0.2f).right()).isTrue();
    assertThat(of(0, 0.1f, 0.7f, 0.2f).right()).isFalse();
  }

  @Test
  void ofEqualScoresTheFirstComesFirst() {
    assertThat(of(0, 0.5f, 0.5f).rank()).isEqualTo(1);
    assertThat(of(1, 0.5f, 0.5f).rank()).isEqualTo(2);
    assertThat(of(1, 0.5f, 0.5f).predicted()).isZero();
    assertThat(of(2, 1, 1, 1, 1, 1, 1).rank()).isEqualTo(3);
  }

  @Test
  void aScoreThatIsNotANumberComesLast() {
    assertThat(of(0, NAN, 0.1f, 0.2f).rank()).isEqualTo(3);
    assertThat(of(1, NAN, 0.5f).rank()).isEqualTo(1);
    assertThat(of(1, NAN, 0.5f).predicted()).isEqualTo(1);
    assertThat(of(1, NAN, NAN, 0.5f, 0.6f).predicted()).isEqualTo(3);
  }

  @Test
  void aNetworkThatGivesNoNumbersIsNeverRight() {
    assertThat(of(0, NAN, NAN, NAN).right()).isFalse();
    assertThat(of(2, NAN, NAN, NAN).right()).isFalse();
  }

  @Test
  void infiniteScoresOfAClassifierAreRanked() {
    assertThat(of(0, -1, Float.NEGATIVE_INFINITY).rank()).isEqualTo(1);
    assertThat(of(1, -1, Float.NEGATIVE_INFINITY).rank()).isEqualTo(2);
    assertThat(of(1, Float.NEGATIVE_INFINITY, -3e38f).predicted()).isEqualTo(1);
  }

  @Test
  void whatIsPredictedIsWhatHasRankOne() {
    float[][] all = {{1, 2, 3}, {3, 3, 1}, {NAN, 1, 1}, {0, 0, 0}, {1, NAN, 2}};
    for (float[] scores : all) {
      for (int label = 0; label < scores.length; label++) {
        Prediction prediction = of(label, scores);
        assertThat(prediction.right()).isEqualTo(prediction.predicted() == label);
      }
    }
  }

  @Test
  void aClassWithoutAScore() {
    assertThatThrownBy(() -> of(2, 0.5f, 0.5f)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> of(-1, 0.5f, 0.5f)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** Seven classes, class k has rank k + 1. */
  private static List<Prediction> oneOfEachRank() {
    List<Prediction> predictions = new ArrayList<>();
    for (int label = 0; label < 7; label++) {
      predictions.add(of(label, 7, 6, 5, 4, 3, 2, 1));
    }
    return predictions;
  }

  @Test
  void top1AndTop5() {
    ErrorRates rates = ErrorRates.of(oneOfEachRank(), 7);
    assertThat(rates.top1()).isEqualTo(new ErrorRate(6, 7));
    assertThat(rates.top5()).contains(new ErrorRate(2, 7));
    assertThat(rates.toString()).startsWith("top-1 error 85.7% (").contains("top-5 error 28.6% (");
  }

  @Test
  void ofFiveClassesOrFewerThereIsNoTop5Error() {
    List<Prediction> predictions = List.of(of(0, 1, 2, 3), of(0, NAN, 2, 3));
    assertThat(ErrorRates.of(predictions, 3).top5()).isEmpty();
    assertThat(ErrorRates.of(predictions, 5)).hasToString("error 100.0% (34.2 to 100.0)");
    assertThat(ErrorRates.of(predictions, 6).top5()).isPresent();
  }

  @Test
  void theConfusionMatrixCounts() {
    List<Prediction> predictions =
        List.of(of(0, 1, 0, 0), of(0, 0, 1, 0), of(0, 0, 1, 0), of(1, 0, 1, 0));
    Evaluation test =
        new Evaluation("VGG A", "dense", List.of("cat", "dog", "emu"), predictions, 1);
    ConfusionMatrix matrix = test.confusion();
    assertThat(matrix.classes()).containsExactly("cat", "dog", "emu");
    assertThat(matrix.count(0, 0)).isEqualTo(1);
    assertThat(matrix.count(0, 1)).isEqualTo(2);
    assertThat(matrix.count(1, 0)).isZero();
    assertThat(matrix.images(0)).isEqualTo(3);
    assertThat(matrix.images(2)).isZero();
    assertThat(matrix.recall(0)).isEqualTo(1 / 3.0);
    assertThat(matrix.recall(1)).isEqualTo(1);
    assertThat(matrix.recall(2)).isNaN();
    assertThat(matrix.meanClassRecall()).isEqualTo((1 / 3.0 + 1) / 2);
    assertThat(matrix.toString().lines()).hasSize(4);
    assertThat(test.errors().top1()).isEqualTo(new ErrorRate(2, 4));
    assertThat(test.named("mine").toString()).startsWith("mine, dense: 4 images");
  }

  private static ConfusionMatrix many(int classes) {
    List<String> names = IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
    List<Prediction> predictions = new ArrayList<>();
    int[][] pairs = {{3, 3}, {3, 7}, {3, 7}, {7, 3}, {9, 2}, {5, 5}, {11, 3}};
    for (int[] pair : pairs) {
      float[] scores = new float[classes];
      scores[pair[1]] = 1;
      predictions.add(of(pair[0], scores));
    }
    return new Evaluation("VGG A", "dense", names, predictions, 1).confusion();
  }

  @Test
  void ofManyClassesTheCommonestMistakesArePrinted() {
    assertThat(many(1000).toString().lines())
        .hasSize(5)
        .startsWith(
            "most common mistakes among 1000 classes, images:", "class 3 taken for class 7: 2");
  }

  @Test
  void theMostConfusedClassesHaveAllOthersBesideThem() {
    ConfusionMatrix matrix = many(1000).mostConfused(2);
    assertThat(matrix.classes()).containsExactly("class 3", "class 7", "other classes");
    int[][] expected = {{1, 2, 0}, {1, 0, 0}, {1, 0, 2}};
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 3; k++) {
        assertThat(matrix.count(i, k)).as("%d taken for %d", i, k).isEqualTo(expected[i][k]);
      }
    }
    assertThat(many(12).mostConfused(12).classes()).hasSize(12);
    assertThatThrownBy(() -> many(12).mostConfused(0))
        .isInstanceOf(VerydeepException.class)
        .hasMessage("The number of classes to show is 0; it must be 1 or more.");
  }

  @Test
  void aTestOfNoImages() {
    assertThatThrownBy(() -> new Evaluation("A", "dense", List.of("cat"), List.of(), 1))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("at least one image");
  }

  @Test
  void aPredictionPrintsItself() {
    Path file = Path.of("cat.jpg");
    assertThat(new Prediction(file, 1, new float[] {0.25f, 0.75f}))
        .hasToString("cat.jpg: class 1, score 0.750, right");
    assertThat(new Prediction(file, 0, new float[] {0.25f, 0.75f}))
        .hasToString("cat.jpg: class 1, score 0.750; true class 0, score 0.250, rank 2");
  }
}
