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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.data.MultiLabelImages;

@Timeout(30)
class MultiLabelSvmTest {

  private static final List<String> ANIMALS = List.of("cat", "dog");

  @TempDir Path root;

  /** What multilabel_goldens.py wrote. */
  private static final class Golden {
    private List<String> classes;
    private float[][] vectors;
    private int[][] labels;
    private float[][] test;
    private int[][] testLabels;
    private float[][] decisions;
    private double[] elevenPoints;
    private double[] area;
    private double[] elevenPointsInterval;
    private double[] areaInterval;

    static Golden read() throws IOException, URISyntaxException {
      Path file = Path.of(Golden.class.getResource("/verydeep/transfer/multilabel.json").toURI());
      try (Reader reader = Files.newBufferedReader(file)) {
        return new Gson().fromJson(reader, Golden.class);
      }
    }

    MultiLabelImages training(Path root) {
      return VocFiles.write(root, "trainval", classes, labels);
    }

    MultiLabelImages unseen(Path root) {
      return VocFiles.write(root, "test", classes, testLabels);
    }
  }

  private static Features features(MultiLabelImages labels, float[]... vectors) {
    return new Features(
        new FeatureFacts("fc7", "drawn", null, 0, "none"), null, labels.images(), List.of(vectors));
  }

  private MultiLabelImages animals(String set, int[]... labels) {
    return VocFiles.write(root, set, ANIMALS, labels);
  }

  private static Features anyFeatures(MultiLabelImages labels) {
    return features(
        labels,
        IntStream.range(0, labels.size())
            .mapToObj(i -> new float[] {i, 1})
            .toArray(float[][]::new));
  }

  @Test
  void decidesAndRanksAsScikitLearnAndVocsRules() throws IOException, URISyntaxException {
    Golden golden = Golden.read();
    MultiLabelImages training = golden.training(root);
    MultiLabelImages unseen = golden.unseen(root);

    MultiLabelSvm svm =
        MultiLabelSvm.of(features(training, golden.vectors), training).cost(4).run();
    MultiLabelEvaluation test = svm.test(features(unseen, golden.test), unseen);

    for (int i = 0; i < golden.test.length; i++) {
      assertThat(svm.decide(golden.test[i])).containsExactly(golden.decisions[i], within(1e-3f));
    }
    assertThat(test.classes())
        .extracting(MultiLabelEvaluation.ClassPrecision::name)
        .containsExactly("bird", "cat", "dog");
    for (int k = 0; k < 3; k++) {
      assertThat(test.classes().get(k).elevenPoints())
          .isCloseTo(golden.elevenPoints[k], within(1e-9));
      assertThat(test.classes().get(k).areaUnderCurve()).isCloseTo(golden.area[k], within(1e-9));
    }
    assertThat(test.areaUnderCurve())
        .isCloseTo(Arrays.stream(golden.area).average().orElseThrow(), within(1e-9));
  }

  /** Both draw at random, NumPy 4000 times: the interval's ends deviate by about 0.004. */
  @Test
  void intervalsAreThoseOfNumpysDraws() throws IOException, URISyntaxException {
    Golden golden = Golden.read();
    MultiLabelImages training = golden.training(root);
    MultiLabelImages unseen = golden.unseen(root);

    MultiLabelEvaluation test =
        MultiLabelSvm.of(features(training, golden.vectors), training)
            .cost(4)
            .run()
            .test(features(unseen, golden.test), unseen);

    assertThat(test.elevenPointsInterval().low())
        .isCloseTo(golden.elevenPointsInterval[0], within(0.015));
    assertThat(test.elevenPointsInterval().high())
        .isCloseTo(golden.elevenPointsInterval[1], within(0.015));
    assertThat(test.areaInterval().low()).isCloseTo(golden.areaInterval[0], within(0.015));
    assertThat(test.areaInterval().high()).isCloseTo(golden.areaInterval[1], within(0.015));
    assertThat(golden.areaInterval[1] - golden.areaInterval[0]).isGreaterThan(0.08);
  }

  @Test
  void peopleOfOneImageAreDrawnTogether() {
    Ranking ranking = Ranking.of(0, scores(4, 3, 2, 1), labeled(1, -1, 1, -1));
    Path photo = Path.of("photo.jpg");

    MultiLabelEvaluation.Interval together =
        new PrecisionBootstrap(List.of(ranking), List.of(photo, photo, photo, photo))
            .of(AveragePrecision::areaUnderCurve);
    MultiLabelEvaluation.Interval apart =
        new PrecisionBootstrap(
                List.of(ranking), List.of(Path.of("a"), Path.of("b"), Path.of("c"), Path.of("d")))
            .of(AveragePrecision::areaUnderCurve);

    assertThat(together.low()).isEqualTo(together.high()).isCloseTo(5 / 6.0, within(1e-12));
    assertThat(apart.high() - apart.low()).isGreaterThan(0.3);
  }

  private static List<float[]> scores(float... values) {
    return IntStream.range(0, values.length).mapToObj(i -> new float[] {values[i]}).toList();
  }

  private MultiLabelImages labeled(int... labels) {
    int[][] rows = IntStream.of(labels).mapToObj(label -> new int[] {label}).toArray(int[][]::new);
    return VocFiles.write(root, "people", List.of("sitting"), rows);
  }

  @Test
  void choosesOneCostOnAFifthWhateverTheNumberOfThreads() throws Exception {
    Golden golden = Golden.read();
    MultiLabelImages training = golden.training(root);
    Features vectors = features(training, golden.vectors);

    MultiLabelSvm svm = MultiLabelSvm.of(vectors, training).run();
    ForkJoinPool one = new ForkJoinPool(1);
    MultiLabelSvm alone = one.submit(() -> MultiLabelSvm.of(vectors, training).run()).get();
    one.shutdown();

    assertThat(CostChoice.COSTS).contains(svm.cost());
    assertThat(alone.cost()).isEqualTo(svm.cost());
    for (float[] vector : golden.test) {
      assertThat(alone.decide(vector)).isEqualTo(svm.decide(vector));
    }
  }

  @Test
  void holdsOutAFifthOfEachClass() throws IOException, URISyntaxException {
    Golden golden = Golden.read();
    MultiLabelImages training = golden.training(root);
    Features vectors = features(training, golden.vectors);

    int[] held =
        new MultiLabelCost(vectors, training)
            .choice(new OneAgainstRest(vectors, training.classes(), training::presence), 1)
            .held()
            .get(0);

    assertThat(held).hasSizeBetween(16, 20).doesNotHaveDuplicates();
    for (int label = 0; label < 3; label++) {
      int of = label;
      long shown =
          IntStream.of(held)
              .filter(i -> training.presence(i, of) == MultiLabelImages.Presence.SHOWN)
              .count();
      assertThat(shown / (double) training.shown(label)).isBetween(0.1, 0.35);
    }
  }

  @Test
  void difficultImagesAreNeitherLearnedNorTested() {
    MultiLabelImages training =
        animals("train", new int[] {1, -1}, new int[] {-1, 1}, new int[] {0, 1}, new int[] {1, 1});
    float[][] vectors = {{1, 0}, {0, 1}, {1, -2}, {1, 1}};
    MultiLabelImages without =
        VocFiles.write(
            root.resolve("without"), "train", ANIMALS, new int[][] {{1, -1}, {-1, 1}, {1, 1}});
    float[][] rest = {{1, 0}, {0, 1}, {1, 1}};

    MultiLabelSvm svm = MultiLabelSvm.of(features(training, vectors), training).cost(1).run();
    MultiLabelSvm other = MultiLabelSvm.of(features(without, rest), without).cost(1).run();
    MultiLabelEvaluation test = svm.test(features(training, vectors), training);

    assertThat(svm.decide(new float[] {3, 2})[0]).isEqualTo(other.decide(new float[] {3, 2})[0]);
    assertThat(svm.decide(new float[] {3, 2})[1]).isNotEqualTo(other.decide(new float[] {3, 2})[1]);
    assertThat(test.classes().get(0).shown()).isEqualTo(2);
    assertThat(test.classes().get(0).difficult()).isEqualTo(1);
    assertThat(test.chance()).isEqualTo((2 / 3.0 + 3 / 4.0) / 2);
  }

  @Test
  void aClassThatNoTestImageShowsIsLeftOutOfTheMean() {
    MultiLabelImages training = animals("train", new int[] {1, -1}, new int[] {-1, 1});
    MultiLabelImages test = animals("test", new int[] {1, -1}, new int[] {-1, -1});
    float[][] vectors = {{1, 0}, {0, 1}};

    MultiLabelEvaluation result =
        MultiLabelSvm.of(features(training, vectors), training)
            .cost(1)
            .run()
            .test(features(test, vectors), test);

    assertThat(result.elevenPoints()).isEqualTo(1);
    assertThat(result.classes().get(1).areaUnderCurve()).isNaN();
    assertThat(result)
        .hasToString(
            "mAP 100.0% (100.0 to 100.0; 11 points), 100.0% (100.0 to 100.0; area), by chance"
                + " 50.0%, 2 examples, 2 classes (1 not shown): fc7, drawn");
  }

  @Test
  void namesAClassThatCannotBeLearned() {
    MultiLabelImages never = animals("never", new int[] {1, -1}, new int[] {-1, 0});
    MultiLabelImages always = animals("always", new int[] {1, 1}, new int[] {1, -1});

    assertThatThrownBy(() -> MultiLabelSvm.of(anyFeatures(never), never).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("Class \"dog\" cannot be learned from 2 images")
        .hasMessageEndingWith("no image shows it.");
    assertThatThrownBy(() -> MultiLabelSvm.of(anyFeatures(always), always).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("Class \"cat\"")
        .hasMessageEndingWith("no image is without it.");
  }

  @Test
  void asksForTheCostWhereNothingCanBeHeldOut() {
    MultiLabelImages few = animals("few", new int[] {1, -1}, new int[] {-1, 1});

    assertThatThrownBy(() -> MultiLabelSvm.of(anyFeatures(few), few).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("none is. Give it: cost(...).");
  }

  @Test
  void refusesFeaturesOfOtherImagesAndOtherClasses() {
    MultiLabelImages training = animals("train", new int[] {1, -1}, new int[] {-1, 1});
    MultiLabelImages other = animals("val", new int[] {1, -1}, new int[] {-1, 1});
    MultiLabelImages more = animals("test", new int[] {1, -1}, new int[] {-1, 1}, new int[] {1, 1});
    MultiLabelImages birds =
        VocFiles.write(root.resolve("b"), "test", List.of("bird"), new int[][] {{1}, {-1}});
    Features features = anyFeatures(training);
    MultiLabelSvm svm = MultiLabelSvm.of(features, training).cost(1).run();

    assertThatThrownBy(() -> MultiLabelSvm.of(features, other))
        .hasMessageContaining("train_000000.jpg, and ")
        .hasMessageContaining("val_000000.jpg");
    assertThatThrownBy(() -> svm.test(features, more))
        .hasMessage(
            "There are features of 2 images and labels of 3; they must be of the same images.");
    assertThatThrownBy(() -> svm.test(anyFeatures(birds), birds))
        .hasMessage(
            "The classifier was trained on the classes [cat, dog]; these images are of [bird].");
    Features boxes =
        new Features(
            new FeatureFacts("fc7", "drawn, of boxes", null, 0, ""),
            null,
            training.images(),
            List.of(new float[2], new float[2]));
    assertThatThrownBy(() -> svm.test(boxes, training))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll(
            "trained on features of \"fc7, drawn\"", "\"fc7, drawn, of boxes\"");
    assertThatThrownBy(() -> MultiLabelSvm.of(features, training).cost(0))
        .hasMessage("The cost C is 0.0; it must be above 0 and finite.");
  }
}
