package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static verydeep.network.Configuration.A;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Split;
import verydeep.data.TrainingScale;
import verydeep.data.UnreadableImageException;
import verydeep.drawn.DrawnImages;
import verydeep.network.Vgg;
import verydeep.network.VggBuilder;

@Timeout(30)
class TrainingErrorsTest {

  @TempDir Path root;
  private Images images;

  @BeforeEach
  void draw() {
    images = DrawnImages.shapes(root.resolve("shapes"), 4, 1);
  }

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    assertThat(DrawnImages.threadsLeft()).isEmpty();
  }

  private static VggBuilder net() {
    return Vgg.of(A).classes(3).width(1 / 16.0).input(32);
  }

  private TrainingBuilder training(Vgg net) {
    return Training.of(net, images.split(0.5, 1)).recipe(Recipe.paper().batch(2).epochs(2)).quiet();
  }

  @Test
  void anotherNumberOfClasses() {
    assertThatThrownBy(() -> training(net().classes(10).build()).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("has 10 classes", "images have 3", "classes(3)");
  }

  @Test
  void imagesToValidateWithOfOtherClasses() {
    Images others = DrawnImages.redAndBlue(root.resolve("colors"), 2, 1);
    assertThatThrownBy(() -> Training.of(net().build(), images, others).quiet().run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("[disc, square, triangle]", "[blue, red]", "the same");
  }

  @Test
  void aNetworkWithoutAClassifier() {
    assertThatThrownBy(() -> training(net().convolutionsOnly().build()).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("no classifier");
  }

  @Test
  void aScaleBelowTheNetworksInput() {
    assertThatThrownBy(() -> training(net().build()).scale(TrainingScale.jittered(31, 50)).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("31", "32");
  }

  @Test
  void anUnreadableImageToTrainOnIsNamed() {
    Path file = DrawnImages.broken(root.resolve("shapes/disc/broken.png"));
    Images all = Images.folder(root.resolve("shapes"));
    Images good = images;
    assertThatThrownBy(() -> Training.of(net().build(), all, good).quiet().run())
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void anUnreadableImageToValidateWithIsNamed() {
    Path file = DrawnImages.broken(root.resolve("shapes/disc/broken.png"));
    Split<Images> split = new Split<>(images, Images.folder(root.resolve("shapes")));
    assertThatThrownBy(
            () ->
                Training.of(net().build(), split)
                    .recipe(Recipe.paper().batch(6).epochs(1))
                    .quiet()
                    .run())
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    Path file = images.file(0).resolve("best.safetensors");
    assertThatThrownBy(() -> training(net().build()).writeBest(file).run())
        .isInstanceOf(FileException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aRateFarTooHighDiverges() {
    assertThatThrownBy(
            () -> training(net().build()).recipe(Recipe.paper().batch(2).rate(1e5).epochs(5)).run())
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching("(?s)The loss is (NaN|Infinity) in epoch 1, step [23], .*100000\\.0.*");
  }
}
