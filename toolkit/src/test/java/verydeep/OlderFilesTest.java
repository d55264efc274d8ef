package verydeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.cpu.Arithmetic;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.Images;
import verydeep.data.Split;
import verydeep.data.TrainingScale;
import verydeep.evaluation.Evaluation;
import verydeep.localization.DenseLocalizer;
import verydeep.localization.Localization;
import verydeep.localization.Localizer;
import verydeep.network.Configuration;
import verydeep.network.Vgg;
import verydeep.training.Recipe;
import verydeep.training.Training;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;
import verydeep.weights.Checkpoint;

/**
 * What was written before the words of the API changed (26 November 2026, commit 5004681) is still
 * read, and goes on: the files lie in resources/verydeep/older.
 */
class OlderFilesTest {

  @TempDir Path root;
  private Images train;
  private Images test;

  @BeforeEach
  void copy() throws IOException {
    Path older = Path.of("src/test/resources/verydeep/older");
    try (Stream<Path> files = Files.walk(older)) {
      for (Path file : files.toList()) {
        Path to = root.resolve(older.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    train = Images.folder(root.resolve("images/train"));
    test = Images.folder(root.resolve("images/test"));
  }

  @Test
  void aTrainingGoesOn() throws IOException {
    Vgg net = Vgg.of(Configuration.A).classes(2).width(1.0 / 64).units(8).input(32).build();
    Path folder = root.resolve("training");

    Training run =
        Training.of(net, train, test)
            .recipe(Recipe.paper().batch(3).rate(0.001).epochs(2))
            .scale(TrainingScale.jittered(32, 40))
            .folder(folder)
            .seed(3)
            .quiet()
            .run();

    assertThat(run.epochs()).hasSize(2);
    assertThat(Files.readString(folder.resolve("epochs.csv"))).hasLineCount(3);
    assertThat(run.epochs().get(0).validation().top1().wrong()).isEqualTo(5);
  }

  @Test
  void aTrainingOfBoxesIsFinished() throws IOException {
    Training run =
        Localizer.from(Checkpoint.read(root.resolve("checkpoint.safetensors")), boxes())
            .perClass()
            .recipe(Recipe.paper().batch(3).rate(0.0001).epochs(1))
            .scale(TrainingScale.fixed(36))
            .training(t -> t.folder(root.resolve("box-training")).seed(3).quiet())
            .run();

    assertThat(run.epochs()).hasSize(1);
    assertThat(run.best().parameters().checksum())
        .isEqualTo(Checkpoint.read(root.resolve("localizer.safetensors")).parameters().checksum());
  }

  @Test
  void aTestIsGiven() {
    Checkpoint net = Checkpoint.read(root.resolve("checkpoint.safetensors"));

    Evaluation kept =
        Evaluation.of(net, test)
            .dense()
            .scales(32, 40)
            .arithmetic(Arithmetic.DJL)
            .folder(root.resolve("test"))
            .quiet()
            .run();

    assertThat(kept.predictions().get(0).score(0)).isEqualTo(0.50015354f);
    assertThat(kept.protocol()).isEqualTo("dense, Q=32,40, flipped");
  }

  @Test
  void writtenTestsAreRead() {
    Evaluation dense = Evaluation.read(root.resolve("evaluation.safetensors"));
    Evaluation crop = Evaluation.read(root.resolve("centre-crop.safetensors"));

    assertThat(dense.protocol()).isEqualTo("dense, Q=32,40, flipped");
    assertThat(dense.views().orElseThrow()).hasToString("dense, Q=32,40, flipped");
    assertThat(crop.protocol()).isEqualTo("center crop, Q=36");
    assertThat(crop.predictions().get(5).score(1)).isEqualTo(0.49700025f);
  }

  @Test
  void featuresAreReadAndFoundInTheCache() throws IOException {
    Checkpoint net = Checkpoint.read(root.resolve("checkpoint.safetensors"));
    Path cache = root.resolve("cache");
    List<Path> before = files(cache);

    Features kept =
        FeatureExtractor.of(net)
            .layer("pool2")
            .scales(32, 40)
            .arithmetic(Arithmetic.DJL)
            .cache(cache)
            .quiet()
            .run(test);
    Features read = Features.read(root.resolve("features.safetensors"));

    assertThat(files(cache)).isEqualTo(before);
    assertThat(read.protocol()).isEqualTo(kept.protocol()).isEqualTo("dense, Q=32,40, flipped");
    assertThat(read.vector(0)).isEqualTo(kept.vector(0));
    assertThat(kept.vector(0)[0]).isEqualTo(0.8933391f);
  }

  @Test
  void localizationsAreReadAndGiven() {
    Checkpoint classifier = Checkpoint.read(root.resolve("checkpoint.safetensors"));
    Localizer localizer = Localizer.read(root.resolve("localizer.safetensors").toString());

    Localization kept =
        DenseLocalizer.of(classifier, localizer)
            .scales(36, 40)
            .folder(root.resolve("boxes"))
            .quiet()
            .test(boxes().validation());
    Localization read = Localization.read(root.resolve("localization.safetensors"));

    assertThat(kept.error().wrong()).isEqualTo(2);
    assertThat(kept.meanIou()).isCloseTo(0.541, within(5e-4));
    assertThat(read.protocol()).isEqualTo("true class, center crop, Q=36");
    assertThat(read.error().wrong()).isEqualTo(3);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private Split<BoxedImages> boxes() {
    return new Split<>(boxed(train), boxed(test));
  }

  private static BoxedImages boxed(Images images) {
    List<AnnotatedImage> annotated = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      int k = i % 4;
      BoundingBox box =
          images.label(i) == 0
              ? new BoundingBox(4 + k, 6, 22 + k, 24)
              : new BoundingBox(10, 4 + k, 30, 20 + k);
      String name = images.classes().get(images.label(i));
      annotated.add(
          new AnnotatedImage(
              images.file(i), 40, 36, List.of(new AnnotatedImage.Annotation(name, box))));
    }
    return BoxedImages.of(images.classes(), annotated);
  }
}
