package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.data.Images;
import verydeep.data.Picture;
import verydeep.drawn.DrawnPictures;

class LooksTest {

  @TempDir Path root;

  @Test
  void scalesAreChecked() {
    assertThatThrownBy(() -> new Looks(View.dense(), List.of(), true))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("The scales are []; one or more are needed");
    assertThatThrownBy(() -> new Looks(View.dense(), List.of(64, 0), true))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContainingAll("[64, 0]", "at least 1 pixel");
  }

  @Test
  void itPrintsTheProtocol() {
    assertThat(new Looks(View.dense(), List.of(64, 80), true))
        .hasToString("dense, Q=64,80, mirrored");
    assertThat(new Looks(View.centreCrop(), List.of(256), false)).hasToString("centre crop, Q=256");
  }

  @Test
  void denseIsMirroredUnlessToldOtherwiseAndTheCentreCropIsNot() {
    assertThat(View.dense().mirroredByDefault()).isTrue();
    assertThat(View.centreCrop().mirroredByDefault()).isFalse();
  }

  @Test
  void denseLooksAtTheWholePictureAtEachScaleAndAtItsMirrorImage() {
    Images images = DrawnPictures.noise(root, 1, 50, 40, 40, 40);
    Picture picture = images.picture(0);
    List<Looks.Look> looks = new Looks(View.dense(), List.of(32, 40), true).at(images, 0, 32);
    assertThat(looks)
        .containsExactly(
            new Looks.Look(32, false, picture.rescale(32)),
            new Looks.Look(32, true, picture.rescale(32).mirror()),
            new Looks.Look(40, false, picture),
            new Looks.Look(40, true, picture.mirror()));
  }

  @Test
  void theCentreCropLooksAtTheSquareInTheMiddle() {
    Images images = DrawnPictures.noise(root, 1, 50, 40, 40, 40);
    Picture picture = images.picture(0);
    assertThat(new Looks(View.centreCrop(), List.of(40), false).at(images, 0, 32))
        .containsExactly(new Looks.Look(40, false, picture.centreCrop(32)));
    assertThat(picture.centreCrop(32)).isEqualTo(picture.crop(9, 4, 32, 32));
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
    Images images = DrawnPictures.noise(root, 1, 57, 41, 40, 40);
    Looks looks = new Looks(View.multiCrop(), List.of(32, 40, 48), true);
    assertThat(looks.count()).isEqualTo(150);
    List<Looks.Look> all = looks.at(images, 0, 32);
    assertThat(all).hasSize(150);
    Picture second = images.picture(0).rescale(40);
    assertThat(all.get(50)).isEqualTo(new Looks.Look(40, false, second.crop(0, 0, 32, 32)));
    assertThat(all.get(51)).isEqualTo(new Looks.Look(40, true, second.crop(0, 0, 32, 32).mirror()));
    int right = second.width() - 32;
    assertThat(all.get(98)).isEqualTo(new Looks.Look(40, false, second.crop(right, 8, 32, 32)));
    assertThat(looks).hasToString("multi-crop 5x5, Q=32,40,48, mirrored");
    assertThat(new Looks(View.dense(), List.of(1, 2, 3), true).count()).isEqualTo(6);
    assertThat(new Looks(View.centreCrop(), List.of(1), false).count()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 101})
  void aGridOutOfRangeIsRefused(int grid) {
    assertThatThrownBy(() -> new View.MultiCrop(grid))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContainingAll(grid + "x" + grid, "2x2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dense 64,80 mirrored", "centre-crop 256 plain", "multi-crop-5 1 plain"})
  void looksAreWrittenAndRead(String text) {
    assertThat(LooksText.write(LooksText.read(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dense", "dense x plain", "whole 64 plain", "multi-crop-1 64 plain"})
  void whatIsNoLookIsRefused(String text) {
    assertThatThrownBy(() -> LooksText.read(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
