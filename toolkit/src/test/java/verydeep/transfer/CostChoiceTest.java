package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;

@Timeout(30)
class CostChoiceTest {

  @TempDir Path root;

  /** What svm_goldens.py wrote. */
  private record Golden(Folds folds) {
    static Folds read() throws IOException, URISyntaxException {
      Path file = Path.of(Golden.class.getResource("/verydeep/transfer/svm.json").toURI());
      try (Reader reader = Files.newBufferedReader(file)) {
        return new Gson().fromJson(reader, Golden.class).folds();
      }
    }
  }

  private record Folds(
      List<Integer> labels, List<float[]> vectors, int folds, Map<String, Integer> wrong) {}

  @Test
  void mistakesOverFoldsAreScikitLearns() throws IOException, URISyntaxException {
    Folds golden = Golden.read();
    int[] labels = golden.labels().stream().mapToInt(i -> i).toArray();
    Features features = Vectors.of(root, 5, labels, golden.vectors());
    List<int[]> held = new ArrayList<>();
    for (int fold = 0; fold < golden.folds(); fold++) {
      int wanted = fold;
      held.add(
          IntStream.range(0, labels.length).filter(i -> i % golden.folds() == wanted).toArray());
    }
    assertThat(golden.wrong()).containsOnlyKeys("0.25", "1", "4");
    CostChoice choice = LinearSvm.of(features).choice(OneAgainstRest.ofClasses(features), held);
    golden
        .wrong()
        .forEach(
            (cost, wrong) ->
                assertThat(-choice.quality(Double.parseDouble(cost))).isEqualTo((double) wrong));
  }

  @Test
  void eachImageIsHeldOutOnceAndClassesAreSpreadOut() {
    int[] counts = {30, 21, 2};
    int[] labels = IntStream.range(0, 53).map(i -> i < 30 ? 0 : i < 51 ? 1 : 2).toArray();
    List<Integer> all = new ArrayList<>();
    for (int[] fold : held(clouds(labels), 5, 8)) {
      assertThat(fold).hasSizeBetween(10, 11).isSorted();
      for (int label = 0; label < 3; label++) {
        int wanted = label;
        int members = (int) IntStream.of(fold).filter(i -> labels[i] == wanted).count();
        assertThat(members).isBetween(counts[label] / 5, (counts[label] + 4) / 5);
      }
      IntStream.of(fold).forEach(all::add);
    }
    assertThat(all).hasSize(53).doesNotHaveDuplicates();
  }

  @Test
  void theSeedDecidesTheFolds() {
    Features features = clouds(IntStream.range(0, 40).map(i -> i % 3).toArray());
    List<int[]> held = held(features, 4, 1);
    List<int[]> again = held(features, 4, 1);
    List<int[]> other = held(features, 4, 2);
    for (int fold = 0; fold < 4; fold++) {
      assertThat(again.get(fold)).isEqualTo(held.get(fold));
    }
    assertThat(other.get(0)).isNotEqualTo(held.get(0));
  }

  @Test
  void anyNumberOfThreadsChoosesTheSame() throws ExecutionException, InterruptedException {
    Features features = Vectors.clouds(root, 5, 18, 10, 1.4);
    List<LinearSvm> trained = new ArrayList<>();
    for (int threads : new int[] {1, 2, 7}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      try {
        trained.add(pool.submit(() -> LinearSvm.of(features).folds(3).seed(2).run()).get());
      } finally {
        pool.shutdown();
      }
    }
    LinearSvm first = trained.get(0);
    for (LinearSvm svm : trained) {
      assertThat(svm.cost()).isEqualTo(first.cost());
      for (int i = 0; i < features.size(); i++) {
        assertThat(svm.decide(features.vector(i))).isEqualTo(first.decide(features.vector(i)));
      }
    }
  }

  @Test
  void ofEqualCostsTheSmallestAndFoldsAreNotUsedIfItIsGiven() {
    Features features = Vectors.clouds(root, 3, 10, 8, 0.1);
    assertThat(LinearSvm.of(features).folds(5).run().cost()).isEqualTo(0.25);
    assertThat(LinearSvm.of(features).folds(5).cost(3).run().cost()).isEqualTo(3);
    assertThat(LinearSvm.of(features).folds(5).toString()).endsWith("256.0] by 5 folds");
  }

  @Test
  void foldsThatAreNone() {
    Features few = clouds(0, 0, 1, 1);
    assertThatThrownBy(() -> LinearSvm.of(few).folds(1))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("folds is 1; it must be 2 or more");
    assertThatThrownBy(() -> LinearSvm.of(few).folds(5).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("4 images cannot be divided into 5 folds");
    Features three = few.subset(0, 1, 2);
    assertThatThrownBy(() -> LinearSvm.of(three).folds(2).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("Class \"1\" has one image", "cost(...)");
  }

  @Test
  void fewImagesAreAllHeldOutOnceAndManyByAFifth() {
    Features few = clouds(IntStream.range(0, 999).map(i -> i % 3).toArray());
    Features many = clouds(IntStream.range(0, 1000).map(i -> i % 4).toArray());
    CostChoice byFolds = LinearSvm.of(few).choice(OneAgainstRest.ofClasses(few));
    CostChoice byFifth = LinearSvm.of(many).choice(OneAgainstRest.ofClasses(many));
    CostChoice old = LinearSvm.of(few).heldOutFifth().choice(OneAgainstRest.ofClasses(few));
    assertThat(byFolds.basis()).isEqualTo("all 999 images, in 5 folds");
    assertThat(byFifth.basis()).isEqualTo("200 of 1000 images held out");
    assertThat(old.basis()).isEqualTo("201 of 999 images held out");
    assertThat(LinearSvm.of(few.subset(0, 1, 3, 4)).run().toString())
        .endsWith("C=0.25, chosen on all 4 images, in 4 folds");
    assertThat(LinearSvm.of(few).cost(1).run().toString()).endsWith("C=1.0");
  }

  /** It is written into the classifier's file. */
  @Test
  void theBasisHasTheSameDigitsInEveryLocale() {
    Features few = clouds(0, 0, 1, 1);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(LinearSvm.of(few).run().provenance().facts().get(LinearClassifier.CHOSEN_ON))
          .isEqualTo("all 4 images, in 4 folds");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static List<int[]> held(Features features, int folds, long seed) {
    return LinearSvm.of(features)
        .folds(folds)
        .seed(seed)
        .choice(OneAgainstRest.ofClasses(features))
        .held();
  }

  private Features clouds(int... labels) {
    List<float[]> vectors =
        IntStream.of(labels).mapToObj(label -> new float[] {label, 1 - label}).toList();
    return Vectors.of(root, IntStream.of(labels).max().orElseThrow() + 1, labels, vectors);
  }
}
