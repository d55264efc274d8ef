package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import verydeep.Repository;

/**
 * The images and annotations of public bug reports have the values of Pillow and torchvision. They
 * lie in shared/cases beside the repository, and are not copied; other tests have files of the same
 * kinds.
 */
class SharedImageCasesTest {

  private static Path given(String name) {
    Path given = Repository.root().toAbsolutePath().resolveSibling("shared/cases").resolve(name);
    assumeTrue(Files.exists(given), "needs the folder shared/cases beside the repository");
    return given;
  }

  @ParameterizedTest
  @CsvSource({
    "gif-small-frame, picture.gif, 0",
    "jpeg-bad-comment, picture.jpg, 4",
    "png-bad-time, picture.png, 0",
    "png-exif-orientation, picture.png, 0"
  })
  void theImageIsPillows(String name, String file, int levels) {
    RgbImage image = RgbImage.read(given(name).resolve(file));
    RgbImage expected = RgbImage.read(given(name).resolve("expected.png"));
    assertThat(image.width()).isEqualTo(expected.width());
    assertThat(image.height()).isEqualTo(expected.height());
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        assertThat(Math.abs(image.red(x, y) - expected.red(x, y))).isLessThanOrEqualTo(levels);
        assertThat(Math.abs(image.green(x, y) - expected.green(x, y))).isLessThanOrEqualTo(levels);
        assertThat(Math.abs(image.blue(x, y) - expected.blue(x, y))).isLessThanOrEqualTo(levels);
      }
    }
  }

  @Test
  void noFormatOfAFolderIsPassedOver() {
    Images images = Images.folder(given("folder-other-formats"));
    assertThat(images.size()).isEqualTo(10);
    for (int i = 0; i < images.size(); i++) {
      RgbImage image = images.image(i);
      int red = image.red(image.width() / 2, image.height() / 2);
      int blue = image.blue(image.width() / 2, image.height() / 2);
      boolean cat = images.classes().get(images.label(i)).equals("cat");
      assertThat(cat ? red - blue : blue - red).as(images.file(i).toString()).isGreaterThan(100);
    }
  }

  @ParameterizedTest
  @CsvSource({"voc-set-bom", "voc-upper-extension", "voc-zero-size"})
  void theBoxesLieOnWhatIsRed(String name) {
    BoxedImages images = BoxedImages.voc(given(name), "trainval");
    assertThat(images.size()).isEqualTo(2);
    for (int i = 0; i < images.size(); i++) {
      BoundingBox box = images.annotated(i).boxes("cat").get(0);
      assertThat(box).isEqualTo(new BoundingBox(9, 19, 60, 70));
      RgbImage image = images.image(i);
      int x = (int) box.centerX();
      int y = (int) box.centerY();
      assertThat(image.red(x, y)).isBetween(196, 204);
      assertThat(image.blue(x, y)).isLessThan(40);
    }
    assertThat(images.flaws()).hasSize(name.equals("voc-zero-size") ? 1 : 0);
  }
}
