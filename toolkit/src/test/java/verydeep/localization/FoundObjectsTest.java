package verydeep.localization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.classification.Classifier;
import verydeep.data.BoxedImages;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.data.TrainingScale;
import verydeep.drawn.DrawnBoxes;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Boxes for images of which nothing is known. */
@Timeout(60)
class FoundObjectsTest {

  private static final List<String> CLASSES = List.of("disc", "square");

  @TempDir static Path root;
  private static BoxedImages images;

  @BeforeAll
  static void draw() {
    images = DrawnBoxes.shapes(root.resolve("images"), 4, 64, 1);
  }

  private static Checkpoint net(List<String> outputs, long seed) {
    Vgg network = Vgg.of(Configuration.A).width(1 / 32.0).input(64).classes(outputs.size()).build();
    return Checkpoint.of(
            Parameters.initial(network, seed),
            outputs,
            Preprocessing.paper(new Rgb(120, 120, 120)),
            Provenance.unknown())
        .withTrainingScale(TrainingScale.fixed(64));
  }

  private static DenseLocalizer dense() {
    Localizer single = Localizer.of(net(BoxRegression.single().outputs(), 2));
    Localizer perClass = Localizer.of(net(BoxRegression.perClass(CLASSES).outputs(), 3));
    return DenseLocalizer.of(net(CLASSES, 1), single, perClass)
        .scales(64, 96)
        .flipped()
        .merging(BoxMerging.standard().threshold(0.25))
        .quiet();
  }

  @Test
  void aDenseLocalizerFindsTheGuessesOfATest() {
    DenseLocalizer dense = dense();
    for (int i = 0; i < images.size(); i++) {
      List<LocalizedImage.Guess> guesses = dense.test(images.subset(i)).images().get(0).guesses();
      List<FoundObject> found = dense.find(images.image(i));
      assertThat(found.stream().map(FoundObject::box)).isEqualTo(boxes(guesses));
      for (int k = 0; k < found.size(); k++) {
        assertThat(found.get(k).className()).isEqualTo(CLASSES.get(guesses.get(k).label()));
        assertThat(found.get(k).score()).isBetween(0.0, 1.0);
        assertThat(found.get(k).score() * found.get(k).places())
            .isCloseTo(guesses.get(k).score(), within(1e-9));
      }
    }
  }

  private static List<verydeep.data.BoundingBox> boxes(List<LocalizedImage.Guess> guesses) {
    return guesses.stream().map(LocalizedImage.Guess::box).toList();
  }

  @Test
  void aLocalizerAloneFindsTheBoxOfItsTest() {
    Localizer localizer = Localizer.of(net(BoxRegression.perClass(CLASSES).outputs(), 3));
    for (int i = 0; i < images.size(); i++) {
      List<FoundObject> found = localizer.find(images.image(i));
      LocalizedImage tested = localizer.test(images.subset(i)).images().get(0);
      assertThat(found).hasSize(2);
      assertThat(found.get(tested.label()).box()).isEqualTo(tested.guesses().get(0).box());
      assertThat(found.get(0).score()).isNaN();
      assertThat(found.get(1).toString()).startsWith("square at ");
    }
  }

  @Test
  void whatWasWrittenFindsTheSame() {
    DenseLocalizer dense = dense();
    Path file = dense.write(root.resolve("dense.safetensors"));
    DenseLocalizer read = DenseLocalizer.read(file.toString());
    RgbImage image = images.image(1);
    assertThat(read.find(image)).isEqualTo(dense.find(image));
    assertThat(read).hasToString(dense.toString());
    assertThatThrownBy(() -> Classifier.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("dense localizer")
        .hasMessageContaining("DenseLocalizer.read");
  }

  @Test
  void aFileCutShortOrOfAnotherKindIsRefused() throws IOException {
    byte[] good = Files.readAllBytes(dense().write(root.resolve("whole.safetensors")));
    Path cut = root.resolve("cut.safetensors");
    Files.write(cut, java.util.Arrays.copyOf(good, good.length / 2));
    assertThatThrownBy(() -> DenseLocalizer.read(cut)).isInstanceOf(FileException.class);
    Path checkpoint = net(CLASSES, 1).write(root.resolve("net.safetensors"));
    assertThatThrownBy(() -> DenseLocalizer.read(checkpoint))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("not a dense localizer of this toolkit");
  }

  @Test
  void badInputIsRefused() {
    assertThatThrownBy(() -> dense().find(images.image(0), 0))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("must be 1 or more");
    assertThatThrownBy(() -> Localizer.of(net(CLASSES, 1))).isInstanceOf(VerydeepException.class);
  }
}
