package verydeep.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
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
  void withoutADisplayItIsInAFileWhoseNameIsPrinted() throws IOException {
    assumeTrue(System.getenv("DISPLAY") == null && File.separatorChar == '/');
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      figure.show();
    } finally {
      System.setOut(before);
    }
    String said = printed.toString(UTF_8).strip();
    assertThat(said).startsWith(figure + ": there is no display to show it on; it is in ");
    Path file = Path.of(said.substring(said.lastIndexOf(' ') + 1));
    assertThat(Files.readAllBytes(file)).isEqualTo(figure.png());
    Files.delete(file);
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
