package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;

@Timeout(30)
class RandomSplitsTest {

  @TempDir Path root;

  private static List<Path> files(Evaluation test) {
    return test.predictions().stream().map(Prediction::file).toList();
  }

  private static Evaluation test(int[] truths, int[] predicted) {
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < truths.length; i++) {
      float[] scores = new float[2];
      scores[predicted[i]] = 1;
      predictions.add(new Prediction(Path.of(i + ".png"), truths[i], scores));
    }
    return new Evaluation("net", "whole", List.of("a", "b"), predictions, 0);
  }

  @Test
  void allImagesThatAreNotForTrainingAreTested() {
    SplitResults tests = RandomSplits.of(Vectors.clouds(root, 3, 10, 6, 0.2), 7).run();
    assertThat(tests.tests()).hasSize(3).allSatisfy(test -> assertThat(files(test)).hasSize(9));
    assertThat(tests.meanClassRecall()).isEqualTo(1);
    assertThat(tests.deviation()).isZero();
    assertThat(tests.toString())
        .startsWith("mean class recall 100.0% ± 0.0, 3 splits, 7 training images per class");
  }

  @Test
  void aLimitOfTestImagesHoldsInEachClass() {
    SplitResults tests = RandomSplits.of(Vectors.clouds(root, 3, 10, 6, 0.2), 5).test(2).run();
    for (Evaluation test : tests.tests()) {
      for (int label = 0; label < 3; label++) {
        assertThat(test.confusion().images(label)).isEqualTo(2);
      }
      assertThat(new HashSet<>(files(test))).hasSize(6);
    }
  }

  @Test
  void caltechsNumbersAreThePapers() {
    Features few = Vectors.clouds(root, 2, 85, 4, 0.3);
    SplitResults caltech101 = RandomSplits.caltech101(few).cost(1).run();
    assertThat(caltech101.training()).isEqualTo(30);
    assertThat(caltech101.tests()).hasSize(3).allSatisfy(t -> assertThat(files(t)).hasSize(100));
    SplitResults caltech256 = RandomSplits.caltech256(few).cost(1).run();
    assertThat(caltech256.training()).isEqualTo(60);
    assertThat(caltech256.tests()).hasSize(3).allSatisfy(t -> assertThat(files(t)).hasSize(50));
  }

  @Test
  void theSeedDecidesAndMoreSplitsKeepTheFirst() {
    Features features = Vectors.clouds(root, 4, 12, 8, 1.2);
    SplitResults three = RandomSplits.of(features, 6).seed(1).run();
    SplitResults five = RandomSplits.of(features, 6).seed(1).splits(5).run();
    SplitResults other = RandomSplits.of(features, 6).seed(2).run();
    Set<List<Path>> drawn = new HashSet<>();
    for (int split = 0; split < 3; split++) {
      assertThat(files(five.tests().get(split))).isEqualTo(files(three.tests().get(split)));
      assertThat(five.meanClassRecall(split)).isEqualTo(three.meanClassRecall(split));
      drawn.add(files(three.tests().get(split)));
      drawn.add(files(other.tests().get(split)));
    }
    assertThat(drawn).hasSize(6);
  }

  @Test
  void aTestedImageWasNotTrainedOn() {
    // all vectors at right angles: what was trained on lies at the margin, 1 or -1, and of the rest
    // nothing is known
    int[] labels = {0, 0, 1, 1};
    List<float[]> vectors =
        List.of(
            new float[] {1, 0, 0, 0},
            new float[] {0, 0, 1, 0},
            new float[] {0, 1, 0, 0},
            new float[] {0, 0, 0, 1});
    Features features = Vectors.of(root, 2, labels, vectors);
    SplitResults tests = RandomSplits.of(features, 1).cost(1000).run();
    for (Evaluation test : tests.tests()) {
      assertThat(test.predictions())
          .hasSize(2)
          .allSatisfy(p -> assertThat(Math.abs(p.score(0))).isLessThan(0.5f));
    }
  }

  @Test
  void aClassCountsTheSameWithManyImagesAsWithFew() {
    Evaluation three = test(new int[] {0, 0, 0, 0, 1}, new int[] {0, 0, 0, 1, 0});
    Evaluation one = test(new int[] {0, 1, 1}, new int[] {0, 1, 0});
    SplitResults tests = new SplitResults("net", "whole", 1, List.of(three, one));
    assertThat(tests.meanClassRecall(0)).isEqualTo(0.375);
    assertThat(tests.meanClassRecall(1)).isEqualTo(0.75);
    assertThat(tests.meanClassRecall()).isEqualTo(0.5625);
    assertThat(tests.deviation()).isCloseTo(0.375 / Math.sqrt(2), within(1e-12));
  }

  @Test
  void oneSplitHasNoDeviation() {
    SplitResults tests = RandomSplits.of(Vectors.clouds(root, 2, 6, 4, 0.2), 3).splits(1).run();
    assertThat(tests.deviation()).isNaN();
    assertThat(tests.toString()).contains("recall 100.0%, 1 split,");
  }

  @Test
  void aClassThatHasNoImageForTheTest() {
    Features features =
        Vectors.of(
            root,
            2,
            new int[] {0, 0, 1},
            List.of(new float[] {1, 0}, new float[] {1, 0}, new float[] {0, 1}));
    assertThatThrownBy(() -> RandomSplits.of(features, 1).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("Class \"1\" has 1 images", "1 for training");
  }

  @Test
  void numbersThatAreNone() {
    Features features = Vectors.clouds(root, 2, 6, 4, 0.2);
    assertThatThrownBy(() -> RandomSplits.of(features, 0))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("training images per class is 0");
    assertThatThrownBy(() -> RandomSplits.of(features, 1).test(-1))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("test images per class is -1");
    assertThatThrownBy(() -> RandomSplits.of(features, 1).splits(0))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("splits is 0");
    assertThatThrownBy(() -> RandomSplits.of(features, 1).cost(0))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("above 0");
    assertThatThrownBy(() -> new SplitResults("net", "whole", 1, List.of()))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("no test");
  }

  /** The first split's classifier, trained by hand on the images that it does not test. */
  @Test
  void theCostMayBeChosenByFolds() {
    Features features = Vectors.clouds(root, 4, 14, 8, 1.2);
    Evaluation split = RandomSplits.of(features, 7).seed(1).folds(7).run().tests().get(0);
    Set<Path> tested = new HashSet<>(files(split));
    int[] fit =
        IntStream.range(0, features.size())
            .filter(i -> !tested.contains(features.file(i)))
            .toArray();
    int[] check =
        IntStream.range(0, features.size())
            .filter(i -> tested.contains(features.file(i)))
            .toArray();
    long seed = new SplittableRandom(1).nextLong();
    LinearSvm byFolds = LinearSvm.of(features.subset(fit)).seed(seed).folds(7).run();
    LinearSvm byFifth = LinearSvm.of(features.subset(fit)).heldOutFifth().seed(seed).run();

    assertThat(byFolds.cost()).as("another choice").isNotEqualTo(byFifth.cost());
    Evaluation byHand = byFolds.test(features.subset(check));
    for (int i = 0; i < check.length; i++) {
      for (int label = 0; label < 4; label++) {
        assertThat(split.predictions().get(i).score(label))
            .isEqualTo(byHand.predictions().get(i).score(label));
      }
    }
  }

  @Test
  void foldsThatCannotBe() {
    Features features = Vectors.clouds(root, 2, 10, 4, 0.3);
    assertThatThrownBy(() -> RandomSplits.of(features, 2).folds(5).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessage("4 images cannot be divided into 5 folds.");
    assertThatThrownBy(() -> RandomSplits.of(features, 5).folds(1))
        .isInstanceOf(VerydeepException.class);
  }
}
