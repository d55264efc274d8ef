package verydeep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static verydeep.cpu.Arithmetic.DJL;
import static verydeep.cpu.Arithmetic.EXACT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.classification.ClassifiedImages;
import verydeep.classification.Classifier;
import verydeep.cpu.Arithmetic;
import verydeep.data.ImageFiles;
import verydeep.data.Images;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.EvaluationBuilder;
import verydeep.localization.Localization;
import verydeep.training.TrainingColors;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;
import verydeep.transfer.LinearSvm;

/** What a cluster gives has the bits that one machine gives. */
@Timeout(300)
class ClusterTest {

  private static final int IMAGES = 70;

  @TempDir static Path root;
  @TempDir Path target;
  private static Images images;
  private static Images withDamaged;

  @BeforeAll
  static void draw() throws IOException {
    images = Sample.images(root.resolve("good"), IMAGES);
    Sample.images(root.resolve("damaged"), IMAGES);
    Files.writeString(root.resolve("damaged/b/004.png"), "no image");
    Files.writeString(root.resolve("damaged/c/065.png"), "no image");
    withDamaged = Images.folder(root.resolve("damaged"));
  }

  private static EvaluationBuilder test(Images of) {
    return Evaluation.of(Sample.network(1), of).dense().scales(32, 40).quiet();
  }

  @ParameterizedTest
  @CsvSource({"FAST,32", "FAST,1000", "EXACT,40", "DJL,32", "DJL,64"})
  void aDenseTestHasTheBitsOfOneMachine(Arithmetic arithmetic, int imagesOfPart) {
    EvaluationBuilder test = test(images).arithmetic(arithmetic);

    SameBits.check(Sample.cluster().imagesOfPart(imagesOfPart).run(test), test.run());
  }

  @Test
  void cropsAndTheMeanOfBothTestsHaveThemToo() {
    EvaluationBuilder test =
        Evaluation.of(Sample.network(1), images.subset(IntStream.range(0, 12).toArray()))
            .denseAndMultiCrop()
            .scales(40)
            .arithmetic(EXACT)
            .quiet();

    SameBits.check(Sample.cluster().imagesOfPart(4).run(test), test.run());
  }

  @Test
  void damagedImagesAreNamedWithTheirReason() {
    EvaluationBuilder test = test(withDamaged).arithmetic(DJL).skippingUnreadable();
    Evaluation found = Sample.cluster().imagesOfPart(32).run(test);

    assertThat(found.skipped()).hasSize(2);
    SameBits.check(found, test.run());
  }

  @Test
  void theArithmeticIsChosenByAllOfTheWork() {
    SameBits.check(Sample.cluster().imagesOfPart(32).run(test(images)), test(images).run());
  }

  @Test
  void aFolderGivesWhatIsThereAndAPartThatWasDoneTwiceCountsOnce() throws IOException {
    EvaluationBuilder test = test(images).arithmetic(EXACT);
    try (var job = test.job()) {
      job.part(0, 3).run(target);
      job.part(0, 2).run(target); // overlaps the first one
    }
    Cluster cluster = Sample.cluster().folder(target).imagesOfPart(32);
    Evaluation first = cluster.run(test);
    Object written = Files.getLastModifiedTime(target.resolve("test.safetensors"));

    SameBits.check(first, test.run());
    SameBits.check(cluster.run(test), first);
    assertThat(Files.getLastModifiedTime(target.resolve("test.safetensors"))).isEqualTo(written);
  }

  @Test
  void localizationHasTheBitsOfOneMachine() {
    var boxed = Sample.boxed(images.subset(IntStream.range(0, 30).toArray()));
    Localization expected = Sample.localizer().test(boxed);
    Localization found = Sample.cluster().imagesOfPart(8).test(Sample.localizer(), boxed);

    assertThat(found.images()).isEqualTo(expected.images());
    assertThat(found.arithmetic()).isEqualTo(expected.arithmetic());
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 1000})
  void answersHaveTheBitsOfOneMachine(int imagesOfPart) {
    ImageFiles files = ImageFiles.of(withDamaged);
    TestViews views = new TestViews(View.dense(), List.of(32, 40), true);
    ClassifiedImages found =
        Sample.cluster()
            .imagesOfPart(imagesOfPart)
            .classify(Sample.network(1), views, files, EXACT);
    try (var classifier = new Shipped.Answers(views, EXACT, 3).classifier(Sample.network(1))) {
      ClassifiedImages expected = ClassifiedImages.of(classifier, files).quiet().run();

      assertThat(found.images()).isEqualTo(expected.images());
      assertThat(found.skipped()).isEqualTo(expected.skipped()).hasSize(2);
    }
  }

  @Test
  void aSavedSvmAnswersAsOnOneMachineWithAsManyClassesAsWanted() {
    FeatureExtractor extractor =
        FeatureExtractor.of(Sample.network(1)).layer("pool4").scales(32).quiet();
    Path svm = LinearSvm.of(extractor.run(images)).run().write(target.resolve("svm"));
    ImageFiles files = ImageFiles.of(withDamaged);
    ClassifiedImages found = Sample.cluster().top(2).imagesOfPart(32).classify(svm, files);
    try (var classifier = Classifier.read(svm)) {
      ClassifiedImages expected = ClassifiedImages.of(classifier, files).top(2).quiet().run();

      assertThat(found.kind()).isEqualTo(expected.kind());
      assertThat(found.images()).isEqualTo(expected.images());
      assertThat(found.images().get(0).best().className()).isIn(Sample.CLASSES);
      assertThat(found.skipped()).isEqualTo(expected.skipped()).hasSize(2);
    }
  }

  @Test
  void colorsHaveTheBitsOfOneMachine() {
    var expected = TrainingColors.of(withDamaged).skippingUnreadable().quiet().run();
    var found = Sample.cluster().imagesOfPart(9).colors(withDamaged);

    assertThat(found.statistics().mean()).isEqualTo(expected.statistics().mean());
    assertThat(found.statistics().covariance()).isDeepEqualTo(expected.statistics().covariance());
    assertThat(found.images()).isEqualTo(IMAGES - 2);
    assertThat(found.skipped()).isEqualTo(expected.skipped()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"FAST,128", "EXACT,1000", "DJL,128"})
  void featuresHaveTheBitsOfOneMachine(Arithmetic arithmetic, int imagesOfPart) {
    FeatureExtractor extractor =
        FeatureExtractor.of(Sample.network(1)).layer("pool4").scales(32, 48).quiet();
    extractor = extractor.arithmetic(arithmetic);
    int[] threeTimes = IntStream.range(0, 3 * IMAGES).map(i -> i % IMAGES).toArray();
    Images many = images.subset(threeTimes);
    Features expected = extractor.run(many);
    Features found = Sample.cluster().imagesOfPart(imagesOfPart).features(extractor, many).run();

    assertThat(found.size()).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.vector(i)).isEqualTo(expected.vector(i));
      assertThat(found.file(i)).isEqualTo(expected.file(i));
    }
  }
}
