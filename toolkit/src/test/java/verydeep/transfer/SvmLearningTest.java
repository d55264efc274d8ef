package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static verydeep.network.Configuration.A;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.drawn.DrawnImages;
import verydeep.evaluation.Prediction;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** A folder of photos, as users have them, becomes a classifier. */
@Timeout(60)
class SvmLearningTest {

  private static final Checkpoint NET =
      Checkpoint.of(
          Parameters.initial(Vgg.of(A).classes(2).width(1 / 4.0).input(64).build(), 1),
          List.of("x", "y"),
          Preprocessing.paper(new Rgb(120, 110, 100)),
          Provenance.unknown());

  @TempDir Path root;

  private SvmLearningBuilder learning(Images images) {
    return SvmLearning.of(NET, images).layers("pool2", "pool3").scales(40, 56).quiet();
  }

  @Test
  void layerScalesAndCostAreChosenAndTheErrorIsOfImagesHeldOut() {
    Images shapes = DrawnImages.shapes(root, 15, 1);
    SvmLearning learned = learning(shapes).run();
    assertThat(learned.trials()).hasSize(6);
    assertThat(learned.trials().stream().filter(SvmLearning.Trial::chosen)).hasSize(1);
    assertThat(learned.trials()).allMatch(trial -> trial.wrong() >= learned.chosen().wrong());
    assertThat(learned.trials()).allMatch(trial -> trial.images() == 36);
    assertThat(learned.test().predictions()).hasSize(9); // a fifth of each class
    assertThat(learned.test().errors().top1().wrong()).isLessThanOrEqualTo(1);
    assertThat(learned.warnings()).isEmpty();
    assertThat(learned.svm().provenance().facts())
        .containsEntry("trained on", "45 images of 3 classes")
        .containsKey("test error");
    Path file = learned.svm().write(root.resolve("svm.safetensors"));
    assertThat(LinearSvm.read(file).classify(shapes.file(0)).best().className()).isEqualTo("disc");
    assertThat(learned.toString())
        .startsWith("3 classes learned; error ")
        .contains("on 9 images held out", "chosen of 6 by cross-validation: pool");
  }

  @Test
  void theImagesHeldOutChooseNothing() throws IOException {
    Images shapes = DrawnImages.shapes(root, 10, 1);
    SvmLearning learned = learning(shapes).run();
    for (Prediction held : learned.test().predictions()) { // other pixels, in the same places
      Path other = root.resolve("other.png");
      DrawnImages.noise(root.resolve("noise"), held.file().hashCode(), 40, 40, 40, 40, 40, 40);
      Files.copy(root.resolve("noise/a/000.png"), other);
      Files.move(other, held.file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    deleteNoise();
    SvmLearning again = learning(Images.folder(root)).run();
    assertThat(again.trials()).isEqualTo(learned.trials());
    assertThat(again.test().errors().top1().wrong())
        .isGreaterThan(learned.test().errors().top1().wrong());
  }

  private void deleteNoise() throws IOException {
    for (String name : List.of("a/000.png", "b/001.png", "c/002.png", "a", "b", "c", "")) {
      Files.delete(root.resolve("noise").resolve(name));
    }
  }

  @Test
  void troubleInTheFolderIsToldAndLeftOut() throws IOException {
    DrawnImages.shapes(root, 10, 1);
    DrawnImages.broken(root.resolve("disc/not-an-image.jpg"));
    Files.createFile(root.resolve("disc/empty.png"));
    Files.createDirectories(root.resolve("square/nested/deeper"));
    Files.copy(root.resolve("square/0.png"), root.resolve("square/nested/deeper/copy.png"));
    Files.copy(root.resolve("square/1.png"), root.resolve("triangle/of-square.png"));
    Files.createDirectories(root.resolve("lonely"));
    DrawnImages.noise(root.resolve(".noise"), 1, 40, 40, 40, 40, 40, 40);
    Files.copy(root.resolve(".noise/a/000.png"), root.resolve("lonely/only.png"));
    SvmLearning learned = learning(Images.folder(root)).run();
    assertThat(learned.svm().classes()).containsExactly("disc", "lonely", "square", "triangle");
    assertThat(learned.skipped()).hasSize(2);
    assertThat(String.join("\n", learned.warnings()))
        .contains("2 files could not be read and are left out: ")
        .contains("Classes \"square\" and \"triangle\" share 1 identical image, which is left out")
        .contains("1 image is a copy of others of the same class and is left out: ")
        .contains("Class \"lonely\" has one image, so that its error cannot be told.")
        .contains("Class \"square\" has only 9 images");
    Set<String> tested =
        learned.test().predictions().stream()
            .map(p -> learned.test().classes().get(p.label()))
            .collect(Collectors.toSet());
    assertThat(tested).containsExactlyInAnyOrder("disc", "square", "triangle");
  }

  @Test
  void classesWithOneImageEachCannotBeTested() throws IOException {
    DrawnImages.shapes(root, 1, 1);
    assertThatThrownBy(() -> learning(Images.folder(root)).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("Each class has one image");
  }

  @Test
  void aClassOfCopiesOfOthersIsRefused() throws IOException {
    DrawnImages.shapes(root, 3, 1);
    Files.createDirectories(root.resolve("again"));
    Files.copy(root.resolve("disc/0.png"), root.resolve("again/0.png"));
    assertThatThrownBy(() -> learning(Images.folder(root)).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("Class \"again\" has no image left");
  }

  @Test
  void aClassOfWhichNoImageWasGivenIsPassedOverWithAWarning() {
    Images shapes = DrawnImages.shapes(root, 10, 1);
    int[] others =
        IntStream.range(0, shapes.size())
            .filter(i -> !shapes.classes().get(shapes.label(i)).equals("square"))
            .toArray();
    SvmLearning learned = learning(shapes.subset(others)).run();
    assertThat(learned.warnings())
        .containsExactly("Class \"square\" has no image, so that it is never predicted.");
    assertThat(learned.svm().classes()).containsExactly("disc", "square", "triangle");
    Path file = learned.svm().write(root.resolve("svm.safetensors"));
    assertThat(LinearSvm.read(file).classify(shapes.file(0)).best().className()).isEqualTo("disc");
  }

  @Test
  void theSameSeedLearnsTheSame() {
    Images shapes = DrawnImages.shapes(root, 6, 1);
    SvmLearning one = learning(shapes).seed(3).run();
    SvmLearning two = learning(shapes).seed(3).run();
    assertThat(two.trials()).isEqualTo(one.trials());
    float[] vector = new float[one.chosen().numbers()];
    vector[0] = 1;
    assertThat(two.svm().decide(vector)).containsExactly(one.svm().decide(vector));
  }
}
