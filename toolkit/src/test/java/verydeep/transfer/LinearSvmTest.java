package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;

@Timeout(30)
class LinearSvmTest {

  @TempDir Path root;

  /** What svm_goldens.py wrote. */
  private record Golden(String versions, Case four, Case two) {
    static Golden read() throws IOException, URISyntaxException {
      Path file = Path.of(Golden.class.getResource("/verydeep/transfer/svm.json").toURI());
      try (Reader reader = Files.newBufferedReader(file)) {
        return new Gson().fromJson(reader, Golden.class);
      }
    }
  }

  private record Case(
      List<Integer> labels,
      List<List<Float>> vectors,
      List<List<Float>> test,
      Map<String, List<List<Float>>> decisions) {}

  private static float[] array(List<Float> numbers) {
    float[] array = new float[numbers.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = numbers.get(i);
    }
    return array;
  }

  /**
   * Decisions as they are kept for costs up to 4; beyond, the solver must go on for longer to come
   * as close, and as it is kept it is within 5%.
   */
  private void decidesAsScikitLearn(Case golden, int classes) {
    int[] labels = golden.labels().stream().mapToInt(i -> i).toArray();
    List<float[]> vectors = golden.vectors().stream().map(LinearSvmTest::array).toList();
    Features features = Vectors.of(root, classes, labels, vectors);
    OneAgainstRest rest = OneAgainstRest.ofClasses(features);
    assertThat(golden.decisions()).containsOnlyKeys("0.25", "4", "64", "256");
    golden
        .decisions()
        .forEach(
            (key, decisions) -> {
              double cost = Double.parseDouble(key);
              LinearSvm kept = LinearSvm.of(features).cost(cost).run();
              LinearSvm exact = new LinearSvm(SvmModel.trained(rest.train(cost, 1e-8), features));
              for (int i = 0; i < decisions.size(); i++) {
                float[] vector = array(golden.test().get(i));
                float[] expected = array(decisions.get(i));
                assertThat(exact.decide(vector)).containsExactly(expected, within(1e-4f));
                assertThat(kept.decide(vector))
                    .as("C=%s, vector %d", cost, i)
                    .containsExactly(expected, within(cost <= 4 ? 1e-3f : 0.05f));
              }
            });
  }

  @Test
  void fourClassesAreDecidedAsByScikitLearn() throws IOException, URISyntaxException {
    decidesAsScikitLearn(Golden.read().four(), 4);
  }

  @Test
  void twoClassesAreDecidedAsByScikitLearn() throws IOException, URISyntaxException {
    decidesAsScikitLearn(Golden.read().two(), 2);
  }

  @Test
  void separableCloudsAreSeparated() {
    Features clouds = Vectors.clouds(root, 5, 12, 10, 0.2);
    LinearSvm svm = LinearSvm.of(clouds).run();
    Evaluation test = svm.test(clouds);
    assertThat(test.errors().top1().wrong()).isZero();
    assertThat(test.classes()).containsExactly("0", "1", "2", "3", "4");
    assertThat(test.predictions()).extracting(Prediction::file).hasSize(60);
    assertThat(test.toString()).contains("linear SVM on drawn", "60 images");
    assertThat(svm.toString()).contains("5 classes", "C=" + svm.cost());
  }

  @Test
  void twoClassesAreTwoOppositeDecisions() {
    LinearSvm svm = LinearSvm.of(Vectors.clouds(root, 2, 10, 4, 0.5)).cost(4).run();
    float[] values = svm.decide(new float[] {0.5f, 0.5f, -0.5f, 0.5f});
    assertThat(values).hasSize(2);
    assertThat(values[0]).isCloseTo(-values[1], within(1e-3f));
  }

  @Test
  void aClassWithoutImagesIsNeverPredicted() {
    int[] labels = {0, 2, 0, 2, 0, 2};
    List<float[]> vectors = new ArrayList<>();
    for (int label : labels) {
      vectors.add(new float[] {label == 0 ? 1 : 0, label == 0 ? 0 : 1});
    }
    Features features = Vectors.of(root, 4, labels, vectors);
    for (LinearSvm svm :
        List.of(LinearSvm.of(features).run(), LinearSvm.of(features).cost(1).run())) {
      assertThat(svm.test(features).errors().top1().wrong()).isZero();
      for (float[] vector : List.of(new float[] {-9, -9}, new float[] {9, 9}, new float[2])) {
        assertThat(new Prediction(root, 0, svm.decide(vector)).predicted()).isIn(0, 2);
      }
    }
  }

  @Test
  void imagesOfOneClassOnly() {
    Features features =
        Vectors.of(root, 3, new int[] {1, 1}, List.of(new float[] {1}, new float[] {0}));
    assertThatThrownBy(() -> LinearSvm.of(features).cost(1).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("two classes or more", "are of 1");
  }

  @Test
  void aClassWithOneImageNeedsACost() {
    Features features =
        Vectors.of(
            root,
            2,
            new int[] {0, 0, 1},
            List.of(new float[] {1, 0}, new float[] {0.9f, 0.1f}, new float[] {0, 1}));
    assertThatThrownBy(() -> LinearSvm.of(features).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("Class \"1\" has one image", "cost(...)");
    LinearSvm svm = LinearSvm.of(features).cost(16).run();
    assertThat(svm.test(features).errors().top1().wrong()).isZero();
    assertThat(svm.cost()).isEqualTo(16);
  }

  @Test
  void aCostThatIsNone() {
    Features features = Vectors.clouds(root, 2, 4, 3, 0.5);
    for (double cost : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> LinearSvm.of(features).cost(cost))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContainingAll("cost C is " + cost, "above 0");
    }
  }

  @Test
  void vectorsOfAnotherLengthAndOtherClasses(@TempDir Path other) {
    LinearSvm svm = LinearSvm.of(Vectors.clouds(root, 2, 4, 3, 0.5)).cost(1).run();
    assertThatThrownBy(() -> svm.decide(new float[4]))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("has 4 numbers", "trained on 3");
    Features three = Vectors.clouds(other, 3, 2, 3, 0.5);
    assertThatThrownBy(() -> svm.test(three))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("[0, 1]", "[0, 1, 2]");
  }

  @Test
  void featuresOfAnotherLayerOrProtocolOfTheSameLength() {
    Features known = Vectors.clouds(root, 2, 4, 3, 0.5);
    LinearSvm svm = LinearSvm.of(known).cost(1).run();
    Features stacked = known.stackedWith(known);
    assertThatThrownBy(() -> svm.test(stacked))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll(
            "trained on features of \"drawn, not at all\"", "\"drawn & drawn, not at all\"");
    assertThat(svm.decide(known.vector(0))).hasSize(2); // single vectors of any kind
  }

  @Test
  void theCostIsChosenAndTheResultTheSameEveryTime() {
    Features features = Vectors.clouds(root, 6, 15, 12, 1.0);
    LinearSvm one = LinearSvm.of(features).seed(3).run();
    LinearSvm two = LinearSvm.of(features).seed(3).run();
    LinearSvm given = LinearSvm.of(features).cost(one.cost()).run();
    assertThat(one.cost()).isIn(0.25, 1.0, 4.0, 16.0, 64.0, 256.0);
    for (int i = 0; i < features.size(); i++) {
      assertThat(two.decide(features.vector(i))).isEqualTo(one.decide(features.vector(i)));
      assertThat(given.decide(features.vector(i))).isEqualTo(one.decide(features.vector(i)));
    }
  }

  @Test
  void theClassesInParallelGiveTheBitsOfOneAfterTheOther() {
    Features features = Vectors.clouds(root, 6, 15, 12, 1.0);
    OneAgainstRest rest = OneAgainstRest.ofClasses(features);
    int[] all = IntStream.range(0, features.size()).toArray();
    Hyperplanes trained = rest.train(16, HingeSolver.FINE);
    float[][] parallel = IntStream.range(0, 6).mapToObj(trained::weights).toArray(float[][]::new);
    double[][] sequential =
        IntStream.range(0, 6)
            .mapToObj(label -> rest.train(label, all, 16, HingeSolver.FINE))
            .toArray(double[][]::new);
    Hyperplanes oneByOne = Hyperplanes.of(features.classes(), sequential, features, 16);
    assertThat(parallel)
        .isDeepEqualTo(IntStream.range(0, 6).mapToObj(oneByOne::weights).toArray(float[][]::new));
  }
}
