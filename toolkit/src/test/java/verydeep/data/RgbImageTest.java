package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RgbImageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "palette.png",
        "palette.gif",
        "rgb.bmp",
        "gray.png",
        "gray16.png",
        "rgba.png",
        "gray-alpha.png",
        "bits.png"
      })
  void losslessFilesGiveThePixelsThatPillowReads(String name) {
    assertThat(Goldens.image(name)).isEqualTo(Goldens.image("read-" + name + ".png"));
  }

  /** JPEG decoders may differ by a few levels; with the JDK's and Pillow's of today none does. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.jpg",
        "progressive.jpg",
        "subsampled.jpg",
        "gray.jpg",
        "cmyk.jpg",
        "ycck.jpg",
        "profile.jpg",
        "exif-1.jpg",
        "exif-2.jpg",
        "exif-3.jpg",
        "exif-4.jpg",
        "exif-5.jpg",
        "exif-6.jpg",
        "exif-7.jpg",
        "exif-8.jpg"
      })
  void jpegsGiveThePixelsThatPillowReads(String name) {
    RgbImage read = Goldens.image(name);
    RgbImage pillow = Goldens.image("read-" + name + ".png");
    assertThat(read).hasToString(pillow.toString());
    double difference = 0;
    for (int i = 0; i < read.rgb().length; i++) {
      difference += Math.abs((read.rgb()[i] & 0xff) - (pillow.rgb()[i] & 0xff));
    }
    assertThat(difference / read.rgb().length).isLessThan(2);
  }

  @Test
  void aTallExifImageIsTurned() {
    assertThat(Goldens.image("exif-6.jpg").height()).isEqualTo(32);
    assertThat(Goldens.image("exif-1.jpg").height()).isEqualTo(24);
  }

  @Test
  void readsWhereNoClassLoaderSeesPlugins() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
      assertThat(Goldens.image("cmyk.jpg").width()).isEqualTo(40);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void redIsRed() {
    RgbImage image = RgbImage.of(2, 1, new byte[] {(byte) 200, 100, 50, 1, 2, 3});
    assertThat(image.red(0, 0)).isEqualTo(200);
    assertThat(image.green(0, 0)).isEqualTo(100);
    assertThat(image.blue(0, 0)).isEqualTo(50);
    assertThat(image.toBufferedImage().getRGB(0, 0)).isEqualTo(0xffc86432);
    assertThat(RgbImage.of(image.toBufferedImage())).isEqualTo(image);
    assertThat(image.flip().red(1, 0)).isEqualTo(200);
    assertThat(image.flip().flip()).isEqualTo(image);
    // The red corner of the golden, written by Pillow.
    RgbImage jpeg = Goldens.image("rgb.jpg");
    assertThat(jpeg.red(3, 3)).isGreaterThan(200);
    assertThat(jpeg.blue(3, 3)).isLessThan(60);
  }

  @Test
  void imagesOfEveryTypeGiveTheSamePixels() {
    RgbImage image = Goldens.noise(9, 7, 3);
    for (int type : new int[] {1, 2, 4, 5, 6}) {
      BufferedImage copy = new BufferedImage(9, 7, type);
      copy.getGraphics().drawImage(image.toBufferedImage(), 0, 0, null);
      assertThat(RgbImage.of(copy)).isEqualTo(image);
      assertThat(RgbImage.of(copy.getSubimage(2, 1, 5, 4))).isEqualTo(image.crop(2, 1, 5, 4));
    }
  }

  @Test
  void isImmutable() {
    byte[] rgb = new byte[3];
    RgbImage image = RgbImage.of(1, 1, rgb);
    rgb[0] = 9;
    assertThat(image.red(0, 0)).isZero();
    image.toBufferedImage().setRGB(0, 0, -1);
    assertThat(image.red(0, 0)).isZero();
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThatThrownBy(() -> RgbImage.of(2, 2, new byte[3]))
        .hasMessageContaining("12 bytes, not 3");
    assertThatThrownBy(() -> Goldens.noise(2, 2, 1).red(2, 0)).hasMessageContaining("(2, 0)");
  }

  /** What is left of a file gives an error, or, where only an end mark is lost, the same image. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.jpg",
        "progressive.jpg",
        "gray.jpg",
        "cmyk.jpg",
        "exif-6.jpg",
        "palette.png",
        "palette.gif",
        "rgb.bmp",
        "gray16.png",
        "rgba.png"
      })
  void truncatedFilesAreUnreadable(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Goldens.path(name));
    RgbImage image = Goldens.image(name);
    boolean jpeg = name.endsWith("jpg");
    for (int length = 0; length < whole.length; length += 1 + length / 40) {
      Path file = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(whole, length));
      try {
        assertThat(RgbImage.read(file)).isEqualTo(image);
        assertThat(jpeg || length < whole.length - 30).as("%s cut at %s", name, length).isFalse();
      } catch (UnreadableImageException e) {
        assertThat(e).hasMessageContaining("cut: " + e.reason());
        assertThat(e.file()).isEqualTo(file);
      }
    }
  }

  @Test
  void damagedFilesGiveAnImageOrTheError() throws IOException {
    for (String name : new String[] {"rgb.jpg", "exif-6.jpg", "palette.png", "rgb.bmp"}) {
      byte[] whole = Files.readAllBytes(Goldens.path(name));
      var random = new java.util.SplittableRandom(5);
      for (int i = 0; i < 150; i++) {
        byte[] damaged = whole.clone();
        for (int k = 0; k < 4; k++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        Path file = Files.write(folder.resolve("damaged"), damaged);
        try {
          RgbImage.read(file, 1_000_000);
        } catch (UnreadableImageException e) {
          assertThat(e.reason()).isNotBlank();
        }
      }
    }
  }

  @Test
  void filesThatAreNotImagesAreUnreadable() throws IOException {
    assertUnreadable(Files.writeString(folder.resolve("a.jpg"), "<html>not found</html>"), "HTML");
    assertUnreadable(Files.createFile(folder.resolve("empty.jpg")), "The file is empty.");
    assertUnreadable(folder, "not a regular file");
    assertUnreadable(folder.resolve("missing.png"), "no such file");
  }

  @Test
  void bombsAreRefusedBeforeTheyTakeMemory() throws IOException {
    byte[] png = Files.readAllBytes(Goldens.path("rgba.png"));
    png[16] = 0;
    png[17] = 1; // width 65536 + 40
    png[21] = 1; // height 65536 + 30
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(png, 12, 17);
    java.nio.ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    assertUnreadable(Files.write(folder.resolve("bomb.png"), png), "65576 x 65566");

    byte[] jpeg = Files.readAllBytes(Goldens.path("rgb.jpg"));
    for (int i = 0; i < jpeg.length - 9; i++) {
      if (jpeg[i] == -1 && jpeg[i + 1] == (byte) 0xC0) {
        java.util.Arrays.fill(jpeg, i + 5, i + 9, (byte) 0xF0);
        break;
      }
    }
    assertUnreadable(Files.write(folder.resolve("bomb.jpg"), jpeg), "61680 x 61680");
    assertThatThrownBy(() -> RgbImage.read(Goldens.path("rgb.jpg"), 1199))
        .hasMessageContaining("40 x 30")
        .hasMessageContaining("1199");
    assertThat(RgbImage.read(Goldens.path("rgb.jpg"), 1200).width()).isEqualTo(40);
  }

  private static void assertUnreadable(Path file, String reason) {
    assertThatThrownBy(() -> RgbImage.read(file))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }
}
