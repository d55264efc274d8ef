package verydeep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;

class FigureTest {

  @TempDir private Path folder;
  private final Figure figure = Charts.errors(Samples.test());

  @Test
  void savesAWholePngInNewFoldersOverAnOldFile() throws IOException {
    Path file = folder.resolve("new/deep/errors.png");

    assertThat(figure.write(file)).isEqualTo(file);
    Files.writeString(file, "old");
    figure.write(file.toString());

    assertThat(Files.readAllBytes(file)).isEqualTo(figure.png());
    assertThat(figure.png()).endsWith('I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void savesNothingButPng() {
    Path file = folder.resolve("errors.jpg");

    assertThatThrownBy(() -> figure.write(file))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining(".png")
        .hasMessageContaining("errors.jpg");
    assertThat(file).doesNotExist();
  }

  @Test
  void namesTheFileThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");

    assertThatThrownBy(() -> figure.write(file.resolve("errors.png")))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("errors.png");
  }

  @Test
  void saysWhatItShows() {
    assertThat(figure.toString()).contains("Top-1 error", figure.width() + "x" + figure.height());
    assertThat(figure.image().getWidth()).isEqualTo(figure.width());
  }

  @Test
  void anImageOfOnesOwnIsShownAtItsDensity() {
    BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);

    Figure own = Figure.of("mine", image, 2);

    assertThat(own.toString()).isEqualTo("mine, 40x20 pixels");
    assertThat(own.layoutWidth()).isEqualTo(20);
    assertThat(own.image()).isSameAs(image);
  }
}
