package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.RgbImage;
import verydeep.data.TestViews;
import verydeep.data.UnreadableImageException;
import verydeep.data.View;
import verydeep.drawn.DrawnImages;
import verydeep.internal.inference.Work;
import verydeep.network.Configuration;
import verydeep.network.Vgg;

class TestViewsTest {

  @TempDir Path root;

  @Test
  void scalesAreChecked() {
    assertThatThrownBy(() -> new TestViews(View.dense(), List.of(), true))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("The scales are []; one or more are needed");
    assertThatThrownBy(() -> new TestViews(View.dense(), List.of(64, 0), true))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("[64, 0]", "at least 1 pixel");
  }

  @Test
  void itPrintsTheProtocol() {
    assertThat(new TestViews(View.dense(), List.of(64, 80), true))
        .hasToString("dense, Q=64,80, flipped");
    assertThat(new TestViews(View.centerCrop(), List.of(256), false))
        .hasToString("center crop, Q=256");
  }

  @Test
  void denseIsFlippedUnlessToldOtherwiseAndTheCenterCropIsNot() {
    assertThat(View.dense().flippedByDefault()).isTrue();
    assertThat(View.centerCrop().flippedByDefault()).isFalse();
  }

  @Test
  void denseLooksAtTheWholeImageAtEachScaleAndAtItsFlippedImage() {
    Images images = DrawnImages.noise(root, 1, 50, 40, 40, 40);
    RgbImage image = images.image(0);
    List<TestViews.Shown> views =
        new TestViews(View.dense(), List.of(32, 40), true).at(images, 0, 32);
    assertThat(views)
        .containsExactly(
            new TestViews.Shown(32, false, image.rescale(32)),
            new TestViews.Shown(32, true, image.rescale(32).flip()),
            new TestViews.Shown(40, false, image),
            new TestViews.Shown(40, true, image.flip()));
  }

  @Test
  void theCenterCropLooksAtTheSquareInTheMiddle() {
    Images images = DrawnImages.noise(root, 1, 50, 40, 40, 40);
    RgbImage image = images.image(0);
    assertThat(new TestViews(View.centerCrop(), List.of(40), false).at(images, 0, 32))
        .containsExactly(new TestViews.Shown(40, false, image.centerCrop(32)));
    assertThat(image.centerCrop(32)).isEqualTo(image.crop(9, 4, 32, 32));
  }

  @ParameterizedTest
  @CsvSource({
    "224, 224, '0 0 0 0 0'",
    "225, 224, '0 0 1 1 1'",
    "256, 224, '0 8 16 24 32'",
    "341, 224, '0 29 59 88 117'",
    "384, 224, '0 40 80 120 160'",
    "683, 224, '0 115 230 344 459'",
    "33, 32, '0 0 1 1 1'"
  })
  void theGridOfCropsTouchesBothEdges(int length, int window, String places) {
    View.MultiCrop crops = new View.MultiCrop(5);
    List<String> given =
        IntStream.range(0, 5).mapToObj(i -> "" + crops.place(i, length, window)).toList();
    assertThat(String.join(" ", given)).isEqualTo(places);
  }

  @Test
  void multiCropLooksAtFiftyPartsOfEachScale() {
    Images images = DrawnImages.noise(root, 1, 57, 41, 40, 40);
    TestViews views = new TestViews(View.multiCrop(), List.of(32, 40, 48), true);
    assertThat(views.count()).isEqualTo(150);
    List<TestViews.Shown> all = views.at(images, 0, 32);
    assertThat(all).hasSize(150);
    RgbImage second = images.image(0).rescale(40);
    assertThat(all.get(50)).isEqualTo(new TestViews.Shown(40, false, second.crop(0, 0, 32, 32)));
    assertThat(all.get(51))
        .isEqualTo(new TestViews.Shown(40, true, second.crop(0, 0, 32, 32).flip()));
    int right = second.width() - 32;
    assertThat(all.get(98))
        .isEqualTo(new TestViews.Shown(40, false, second.crop(right, 8, 32, 32)));
    assertThat(views).hasToString("multi-crop 5x5, Q=32,40,48, flipped");
    assertThat(new TestViews(View.dense(), List.of(1, 2, 3), true).count()).isEqualTo(6);
    assertThat(new TestViews(View.centerCrop(), List.of(1), false).count()).isEqualTo(1);
  }

  /** D at 224 has 15.47 thousand million multiplications, 15.35 of them in the convolutions. */
  @Test
  void theWorkOfCropsIsThatOfEachCropAndOfTheWholeImageThatOfItsArea() {
    Vgg d = Vgg.of(Configuration.D).build();
    double one = 15.470e9;
    assertThat(work(View.centerCrop(), false, d, 256)).isCloseTo(one, withinPercentage(0.1));
    assertThat(work(View.centerCrop(), true, d, 512)).isCloseTo(2 * one, withinPercentage(0.1));
    assertThat(work(View.multiCrop(), true, d, 256, 384, 512))
        .isCloseTo(150 * one, withinPercentage(0.1));
    assertThat(work(View.dense(), false, d, 448)) // 4 times the area, and 8x8 scores of each class
        .isCloseTo(4 * 15.347e9 + 64 * 0.1236e9, withinPercentage(0.1));
  }

  private static double work(View view, boolean flipped, Vgg network, Integer... scales) {
    return Work.multiplications(new TestViews(view, List.of(scales), flipped), network, "fc8");
  }

  @Test
  void aGrayATinyAndAVeryLongImageAreLookedAtAsAllOthers() throws IOException {
    BufferedImage gray = new BufferedImage(7, 5, BufferedImage.TYPE_BYTE_GRAY);
    gray.getRaster().setSample(3, 2, 0, 200);
    BufferedImage strip = new BufferedImage(1500, 9, BufferedImage.TYPE_INT_RGB);
    for (BufferedImage image : List.of(gray, strip)) {
      Path folder = Files.createDirectories(root.resolve(image == gray ? "gray" : "strip"));
      ImageIO.write(image, "png", folder.resolve("a.png").toFile());
    }
    Images images = Images.folder(root);
    for (View view : List.of(View.dense(), View.multiCrop(), View.centerCrop())) {
      for (int index : List.of(0, 1)) {
        TestViews views = new TestViews(view, List.of(32, 47), true);
        List<TestViews.Shown> all = views.at(images, index, 32);
        assertThat(all).hasSize(views.count());
        RgbImage last = all.get(all.size() - 1).image();
        boolean whole = view.equals(View.dense());
        int width = index == 0 ? 65 : 7833; // 7x5 and 1500x9 at 47 pixels
        assertThat(last.width()).isEqualTo(whole ? width : 32);
        assertThat(last.height()).isEqualTo(whole ? 47 : 32);
      }
    }
    RgbImage first =
        new TestViews(View.dense(), List.of(32), false).at(images, 0, 32).get(0).image();
    BufferedImage seen = first.toBufferedImage();
    assertThat(seen.getRGB(22, 16) & 0xff).isGreaterThan(seen.getRGB(0, 0) & 0xff);
    for (int x = 0; x < seen.getWidth(); x++) {
      int pixel = seen.getRGB(x, 16);
      assertThat(pixel & 0xff).isEqualTo(pixel >> 8 & 0xff).isEqualTo(pixel >> 16 & 0xff);
    }
  }

  @Test
  void anImageTooLongForAScaleIsNamedAsOneThatCannotBeRead() throws IOException {
    DrawnImages.noise(root, 1, 40, 40, 40, 40);
    BufferedImage line = new BufferedImage(60_000, 1, BufferedImage.TYPE_BYTE_GRAY);
    Path file = root.resolve("a/long.png");
    ImageIO.write(line, "png", file.toFile());
    Images images = Images.folder(root);
    int index =
        IntStream.range(0, images.size())
            .filter(i -> images.file(i).equals(file))
            .findFirst()
            .orElseThrow();
    TestViews views = new TestViews(View.dense(), List.of(64), true);
    assertThatThrownBy(() -> views.at(images, index, 32))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContainingAll(file.toString(), "60000 x 1 pixels", "Q=64");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 101})
  void aGridOutOfRangeIsRefused(int grid) {
    assertThatThrownBy(() -> new View.MultiCrop(grid))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll(grid + "x" + grid, "2x2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dense 64,80 mirrored", "centre-crop 256 plain", "multi-crop-5 1 plain"})
  void viewsAreWrittenAndRead(String text) {
    assertThat(TestViewsText.write(TestViewsText.read(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dense", "dense x plain", "whole 64 plain", "multi-crop-1 64 plain"})
  void whatIsNoViewIsRefused(String text) {
    assertThatThrownBy(() -> TestViewsText.read(text)).isInstanceOf(RuntimeException.class);
  }
}
