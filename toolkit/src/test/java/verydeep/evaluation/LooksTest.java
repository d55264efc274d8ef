package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
