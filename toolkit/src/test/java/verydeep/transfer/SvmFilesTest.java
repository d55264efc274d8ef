package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static verydeep.network.Configuration.A;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.classification.Classification;
import verydeep.classification.Classifier;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.drawn.DrawnImages;
import verydeep.evaluation.Evaluation;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** An SVM with its network as one file: what it says of an image, before and after. */
@Timeout(60)
class SvmFilesTest {

  private static final Preprocessing PAPER = Preprocessing.paper(new Rgb(120, 110, 100));
  private static final Vgg NET = Vgg.of(A).classes(3).width(1 / 4.0).input(32).build();
  private static final Checkpoint FIRST = checkpoint(1);

  @TempDir static Path root;
  private static Images shapes;
  private static Images unseen;

  private static Checkpoint checkpoint(long seed) {
    return Checkpoint.of(
        Parameters.initial(NET, seed),
        List.of("a", "b", "c"),
        PAPER,
        Provenance.unknown().with("source", "a test"));
  }

  @BeforeAll
  static void draw() {
    shapes = DrawnImages.shapes(root.resolve("train"), 12, 1);
    unseen = DrawnImages.shapes(root.resolve("test"), 4, 2);
  }

  private static FeatureExtractor extractor(Checkpoint checkpoint) {
    return FeatureExtractor.of(checkpoint).layer("pool4").scales(40, 56).quiet();
  }

  private static LinearSvm svm() {
    return LinearSvm.of(extractor(FIRST).run(shapes)).cost(4).run();
  }

  private static float[] scores(Classification answer) {
    float[] scores = new float[answer.classNames().size()];
    IntStream.range(0, scores.length).forEach(k -> scores[k] = answer.score(k));
    return scores;
  }

  private static float[] tested(Evaluation test, int index) {
    float[] scores = new float[test.classes().size()];
    IntStream.range(0, scores.length)
        .forEach(k -> scores[k] = test.predictions().get(index).score(k));
    return scores;
  }

  @ParameterizedTest
  @EnumSource(names = {"FAST", "EXACT", "DJL"})
  void itsAnswersHaveTheBitsOfItsTest(Arithmetic arithmetic) {
    LinearSvm svm = svm();
    Path file = svm.write(root.resolve(arithmetic + ".safetensors"));
    try (Classifier before = svm.open(arithmetic);
        Classifier after = LinearSvm.read(file).open(arithmetic)) {
      for (int i = 0; i < unseen.size(); i++) {
        Features one = extractor(FIRST).arithmetic(arithmetic).run(unseen.subset(i));
        float[] expected = tested(svm.test(one), 0);
        assertThat(scores(before.classify(unseen.file(i)))).containsExactly(expected);
        assertThat(scores(after.classify(unseen.file(i)))).containsExactly(expected);
      }
      assertThat(after.name()).isEqualTo(before.name());
    }
  }

  @Test
  void featuresOfTwoNetworksAveragedAndStackedAreMadeAgain() {
    Checkpoint second = checkpoint(2);
    FeatureExtractor fc7 = FeatureExtractor.of(second).scales(40, 48).averaged().quiet();
    Features both = extractor(FIRST).run(shapes).stackedWith(fc7.run(shapes));
    Features three = both.stackedWith(extractor(FIRST).layer("pool2").run(shapes));
    LinearSvm svm = LinearSvm.of(three).cost(1).run();
    Features one =
        extractor(FIRST)
            .run(unseen.subset(3))
            .stackedWith(fc7.run(unseen.subset(3)))
            .stackedWith(extractor(FIRST).layer("pool2").run(unseen.subset(3)));
    float[] expected = tested(svm.test(one), 0);
    LinearSvm read = LinearSvm.read(svm.write(root.resolve("stacked.safetensors")));
    assertThat(scores(read.classify(unseen.file(3)))).containsExactly(expected);
  }

  @Test
  void theFileKeepsWhatIsKnownAndNoMoreOfTheNetworkThanItNeeds() throws IOException {
    LinearSvm svm = svm();
    svm = svm.withTest(svm.test(extractor(FIRST).run(unseen)));
    Path file = svm.write(root.resolve("facts.safetensors"));
    LinearSvm read = LinearSvm.read(file.toString());
    assertThat(read.classes()).containsExactly("disc", "square", "triangle");
    assertThat(read.cost()).isEqualTo(4);
    assertThat(read.provenance()).isEqualTo(svm.provenance());
    assertThat(read.provenance().facts())
        .containsEntry("trained on", "36 images of 3 classes")
        .hasEntrySatisfying("test error", error -> assertThat(error).endsWith(" of 12 images"));
    assertThat(read).hasToString(svm.toString());
    long convolutions =
        4
            * NET.with().convolutionsOnly().build().parameterShapes().stream()
                .mapToLong(shape -> shape.size())
                .sum();
    assertThat(Files.size(file)).isBetween(convolutions, convolutions + 20_000);
  }

  @Test
  void aFileWithoutItsNetworkWantsThatNetwork() throws IOException {
    LinearSvm svm = svm();
    Path file = svm.writeWithoutNetwork(root.resolve("small.safetensors"));
    assertThat(Files.size(file)).isLessThan(20_000);
    float[] expected = scores(svm.classify(unseen.file(0)));
    LinearSvm read = LinearSvm.read(file, FIRST);
    assertThat(scores(read.classify(unseen.file(0)))).containsExactly(expected);
    LinearSvm alone = LinearSvm.read(file);
    assertThat(alone.decide(new float[2 * 128])).hasSize(3);
    assertThatThrownBy(alone::open)
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("written without its network")
        .hasMessageContaining("from a test")
        .hasMessageContaining("SHA-256");
    assertThatThrownBy(() -> LinearSvm.read(file, checkpoint(2)))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("another network");
    assertThatThrownBy(() -> LinearSvm.read(file, FIRST, FIRST))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("2 networks were given; 1 are needed");
  }

  @Test
  void anyClassifierIsReadWithoutKnowingItsKind() {
    Path svm = svm().write(root.resolve("kind.safetensors"));
    Path checkpoint = FIRST.write(root.resolve("net.safetensors"));
    try (Classifier one = Classifier.read(svm);
        Classifier other = Classifier.read(checkpoint.toString())) {
      assertThat(one.kind()).isEqualTo(Classification.Kind.DECISION_VALUE);
      assertThat(one.classNames()).containsExactly("disc", "square", "triangle");
      assertThat(other.kind()).isEqualTo(Classification.Kind.POSTERIOR);
      assertThat(other.classNames()).containsExactly("a", "b", "c");
    }
    assertThatThrownBy(() -> Classifier.read(root.resolve("nowhere.pth")))
        .isInstanceOf(FileException.class);
    assertThatThrownBy(() -> Checkpoint.read(svm))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("It holds a linear SVM, not a checkpoint alone");
    assertThatThrownBy(() -> MultiLabelSvm.read(svm))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("It holds a linear SVM, not a multi-label linear SVM.");
    assertThatThrownBy(() -> LinearSvm.read(checkpoint))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("not a linear SVM of this toolkit");
  }

  @Test
  void featuresFromAFileHaveNoNetworkToClassifyWith() {
    Features features = extractor(FIRST).run(shapes);
    Features read = Features.read(features.write(root.resolve("features.safetensors")));
    LinearSvm svm = LinearSvm.of(read).cost(1).run();
    assertThatThrownBy(() -> svm.classify(unseen.file(0)))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("features from a file");
    Path file = root.resolve("never.safetensors");
    assertThatThrownBy(() -> svm.write(file)).isInstanceOf(VerydeepException.class);
    assertThat(file).doesNotExist();
  }

  /** Bytes changed at random, and lengths cut: a typed error, or a classifier. */
  @Test
  void aDamagedFileEndsInATypedError() throws IOException {
    byte[] good = Files.readAllBytes(svm().writeWithoutNetwork(root.resolve("good.safetensors")));
    Random random = new Random(3);
    List<String> wrong = new ArrayList<>();
    for (int round = 0; round < 400; round++) {
      byte[] bad = good.clone();
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        bad[random.nextInt(Math.min(bad.length, 2500))] = (byte) (32 + random.nextInt(95));
      }
      int length = round % 5 == 0 ? random.nextInt(bad.length) : bad.length;
      Path file = root.resolve("bad.safetensors");
      Files.write(file, java.util.Arrays.copyOf(bad, length));
      try {
        LinearSvm.read(file);
      } catch (FileException e) {
        assertThat(e.getMessage()).contains("bad.safetensors");
      } catch (RuntimeException e) {
        wrong.add(e.toString());
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void stepsThatDoNotFitTogetherAreRefused() {
    for (String steps :
        List.of(
            "",
            "stack",
            "extract 1 pool5 64 flipped concatenated\nstack",
            "extract 1 pool5 64 flipped concatenated\nextract 1 pool4 64 flipped concatenated",
            "extract 2 pool5 64 flipped concatenated",
            "extract 1 pool5 x flipped concatenated",
            "extract 1 pool5",
            "extract 1 pool5 64 flipped concatenated\n".repeat(2000))) {
      assertThatThrownBy(() -> FeatureSource.steps(steps, 1))
          .as(steps)
          .isInstanceOfAny(VerydeepException.class, NumberFormatException.class);
    }
  }
}
