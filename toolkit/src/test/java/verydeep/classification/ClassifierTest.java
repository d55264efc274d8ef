package verydeep.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static verydeep.network.Configuration.A;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.data.TrainingScale;
import verydeep.data.UnreadableImageException;
import verydeep.data.View;
import verydeep.drawn.DrawnImages;
import verydeep.evaluation.Evaluation;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** An answer is the one that a test would have given, whoever asks and however. */
@Timeout(120)
class ClassifierTest {

  private static final Preprocessing PAPER = Preprocessing.paper(new Rgb(120, 110, 100));
  private static final Vgg NET = Vgg.of(A).classes(3).width(1 / 4.0).input(32).build();
  private static final Checkpoint ABC =
      Checkpoint.of(Parameters.initial(NET, 5), List.of("a", "b", "c"), PAPER, Provenance.unknown())
          .withTrainingScale(TrainingScale.fixed(40));

  @TempDir static Path root;
  private static Images images;

  @BeforeAll
  static void draw() {
    images = DrawnImages.noise(root, 1, 41, 57, 64, 33, 33, 95, 50, 50, 41, 57, 77, 40, 41, 57);
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
  void eachViewGivesTheBitsOfATest(Arithmetic arithmetic) {
    for (View view : List.of(View.centerCrop(), View.dense(), View.multiCrop())) {
      try (Classifier classifier =
          ABC.classifier().view(view).scales(36, 48).arithmetic(arithmetic).open()) {
        for (int i = 0; i < images.size(); i++) {
          // libtorch's last digits depend on the batch, so it is given one image
          Images tested = arithmetic == Arithmetic.DJL ? images.subset(i) : images;
          Evaluation test =
              Evaluation.of(ABC, tested)
                  .view(view)
                  .scales(36, 48)
                  .arithmetic(arithmetic)
                  .quiet()
                  .run();
          assertThat(scores(classifier.classify(images.file(i))))
              .as("%s, %s", view, images.file(i))
              .containsExactly(tested(test, tested == images ? i : 0));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FAST", "DJL"})
  void sixteenThreadsGetTheBitsOfOne(Arithmetic arithmetic) throws Exception {
    try (Classifier classifier = ABC.classifier().scales(40).arithmetic(arithmetic).open()) {
      List<float[]> alone =
          IntStream.range(0, images.size())
              .mapToObj(i -> scores(classifier.classify(images.file(i))))
              .toList();
      ExecutorService threads = Executors.newFixedThreadPool(16);
      try {
        List<Future<float[]>> answers =
            IntStream.range(0, 16 * 7)
                .mapToObj(
                    i ->
                        threads.submit(
                            () -> scores(classifier.classify(images.file(i % images.size())))))
                .toList();
        for (int i = 0; i < answers.size(); i++) {
          assertThat(answers.get(i).get()).containsExactly(alone.get(i % images.size()));
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void anInterruptEndsItsOwnImageAndNoOther() throws Exception {
    try (Classifier classifier =
        ABC.classifier().multiCrop().scales(64).arithmetic(Arithmetic.EXACT).open()) {
      float[] alone = scores(classifier.classify(images.file(0)));
      ExecutorService threads = Executors.newFixedThreadPool(12);
      try {
        for (int round = 0; round < 5; round++) {
          List<Future<float[]>> answers =
              IntStream.range(0, 12)
                  .mapToObj(i -> threads.submit(() -> interruptedOrNot(classifier, i % 3 == 1)))
                  .toList();
          for (int i = 0; i < 12; i++) {
            float[] scores = answers.get(i).get();
            assertThat(scores).containsExactly(i % 3 == 1 ? new float[0] : alone);
          }
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static float[] interruptedOrNot(Classifier classifier, boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      return scores(classifier.classify(images.file(0)));
    } catch (CancellationException e) {
      assertThat(Thread.interrupted()).isTrue();
      return new float[0];
    }
  }

  @Test
  void bytesStreamsAndJavaImagesAreClassifiedLikeTheirFile() throws IOException {
    byte[] file = Files.readAllBytes(images.file(2));
    try (Classifier classifier = ABC.classifier().open()) {
      float[] expected = scores(classifier.classify(images.file(2)));
      assertThat(scores(classifier.classify(file))).containsExactly(expected);
      assertThat(scores(classifier.classify(new ByteArrayInputStream(file))))
          .containsExactly(expected);
      assertThat(scores(classifier.classify(images.image(2).toBufferedImage())))
          .containsExactly(expected);
      assertThat(scores(classifier.classify(images.file(2).toString()))).containsExactly(expected);
    }
  }

  @Test
  void aCheckpointIsAskedInOneLine() {
    Classification answer = ABC.classify(images.file(0).toString());
    Evaluation test = Evaluation.of(ABC, images.subset(0)).quiet().run();
    assertThat(scores(answer)).containsExactly(tested(test, 0));
    assertThat(answer.top(2)).hasSize(2);
    assertThat(answer.best()).isEqualTo(answer.top(5).get(0));
    assertThat(answer.by()).isEqualTo("VGG A, width 0.25, dense, Q=40, flipped");
    assertThat(answer.file()).contains(images.file(0));
    assertThat(answer.image()).isEqualTo(images.image(0));
    assertThat(answer.top(3).toString()).matches("\\[. \\d+\\.\\d%, . \\d+\\.\\d%, . \\d+\\.\\d%]");
    assertThat(answer.score("b")).isEqualTo(answer.score(1));
  }

  @Test
  void theScaleOfACheckpointThatDoesNotSayItsOwnIsTheUsualOne() {
    Checkpoint unknown =
        Checkpoint.of(ABC.parameters(), ABC.classNames(), PAPER, Provenance.unknown());
    assertThat(unknown.classifier().toString()).endsWith("dense, Q=37, flipped"); // 256 / 224 * 32
    assertThatThrownBy(() -> unknown.classifier().multiScale().open())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("at which scale it was trained");
  }

  @Test
  void theMeanOfClassifiersIsTheMeanOfTheirTests() {
    Checkpoint other =
        Checkpoint.of(Parameters.initial(NET, 6), ABC.classNames(), PAPER, Provenance.unknown());
    Evaluation mean =
        Evaluation.mean(
            List.of(
                Evaluation.of(ABC, images.subset(1)).scales(40).quiet().run(),
                Evaluation.of(other, images.subset(1)).scales(44).quiet().run()));
    try (Classifier both =
        Classifier.mean(
            ABC.classifier().scales(40).arithmetic(Arithmetic.DJL).open(),
            other.classifier().scales(44).arithmetic(Arithmetic.DJL).open())) {
      assertThat(scores(both.classify(images.file(1)))).containsExactly(tested(mean, 0));
      assertThat(both.bytes()).isEqualTo(2 * ABC.parameters().bytes());
    }
  }

  @Test
  void aMeanNeedsTheSameClasses() {
    Checkpoint other = ABC.withClassNames(List.of("c", "b", "a"));
    try (Classifier one = ABC.classifier().open();
        Classifier two = other.classifier().open()) {
      assertThatThrownBy(() -> Classifier.mean(one, two))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContaining("other classes");
    }
  }

  @Test
  void badInputIsRefusedBeforeAnythingIsComputed() {
    assertThatThrownBy(() -> ABC.classifier().scales(31).open())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("at least the network's input of 32 pixels");
    assertThatThrownBy(() -> ABC.withClassNames(List.of("a")))
        .isInstanceOf(VerydeepException.class);
    try (Classifier classifier = ABC.classifier().open()) {
      assertThatThrownBy(() -> classifier.classify("no-such.jpg"))
          .isInstanceOf(UnreadableImageException.class)
          .hasMessage("Unreadable image no-such.jpg: There is no such file.");
      assertThatThrownBy(() -> classifier.classify(new byte[] {1, 2, 3}))
          .isInstanceOf(UnreadableImageException.class)
          .hasMessageContaining("of 3 bytes");
      assertThatThrownBy(() -> classifier.classify(images.file(0)).top(0))
          .isInstanceOf(VerydeepException.class);
      assertThatThrownBy(() -> classifier.classify(images.file(0)).score("d"))
          .isInstanceOf(VerydeepException.class)
          .hasMessage("There is no class \"d\"; there are \"a\", \"b\", \"c\".");
    }
  }

  @Test
  void aClosedClassifierSaysSoAndHoldsNothing() {
    Classifier classifier = ABC.classifier().open();
    assertThat(classifier.bytes()).isPositive();
    classifier.close();
    classifier.close();
    assertThat(classifier.bytes()).isZero();
    RgbImage image = images.image(0);
    assertThatThrownBy(() -> classifier.classify(image))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void decisionValuesAreNoProbabilities() {
    RgbImage image = images.image(0);
    Classification decided =
        Classification.of(
            image,
            "x",
            List.of("cat", "dog", "cow"),
            new float[] {-0.5f, 1.25f, 0.25f},
            Classification.Kind.DECISION_VALUE,
            "svm");
    assertThat(decided.shown().toString()).isEqualTo("[dog 1.25, cow 0.25]");
    assertThat(decided).hasToString("x: dog 1.25, cow 0.25, cat -0.50\nsvm");
    assertThatThrownBy(() -> ABC.classify(image).shown())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("posteriors");
    assertThat(Map.of("dog", decided.best().value())).containsEntry("dog", 1.25f);
  }
}
