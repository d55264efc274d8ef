package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;

/** Folders whose files are of several formats, or named otherwise than they are. */
class FolderFormatsTest {

  @TempDir Path root;

  private Path kind(String kind, String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, Kinds.file(kind));
  }

  @Test
  void everyFormatIsFoundAndRead() throws IOException {
    for (String label : new String[] {"cat", "dog"}) {
      kind("jpeg/444.jpg", label + "/0.jpg");
      kind("webp/lossless-method-3.webp", label + "/1.webp");
      kind("webp/lossy-80.webp", label + "/2.webp");
      kind("tiff/rgb-raw.tif", label + "/3.tif");
      kind("pnm/rgb.ppm", label + "/4.ppm");
      kind("gif/87a.gif", label + "/5.GIF");
      kind("bmp/rgb-24.bmp", label + "/6.Bmp");
    }
    Images images = Images.folder(root);
    assertThat(images.counts()).containsExactly(7, 7);
    assertThat(images.skipped()).isEmpty();
    for (int i = 0; i < images.size(); i++) {
      assertThat(images.image(i)).hasToString("RgbImage of 21 x 15 pixels");
    }
  }

  @Test
  void filesAreImagesByContentWhereTheNameDoesNotTell() throws IOException {
    kind("jpeg/444.jpg", "cat/photo");
    kind("webp/lossy-80.webp", "cat/photo.jpg_large");
    kind("png/rgb-8.png", "cat/photo.jpg");
    kind("jpeg/444.jpg", "dog/0.jpg");
    Images images = Images.folder(root);
    assertThat(images.counts()).containsExactly(3, 1);
    assertThat(IntStream.range(0, 4).mapToObj(images::image)).allMatch(it -> it.width() == 21);
  }

  @Test
  void whatIsPassedOverIsCountedAndListed() throws IOException {
    kind("jpeg/444.jpg", "cat/0.jpg");
    kind("jpeg/444.jpg", "dog/0.jpg");
    Path avif = root.resolve("cat/1.avif");
    Files.write(avif, "\0\0\0 ftypavif\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
    Path text = Files.writeString(root.resolve("dog/notes.txt"), "of a dog");
    Images images = Images.folder(root);
    assertThat(images.skipped()).extracting(Skipped::file).containsExactly(avif, text);
    assertThat(images.skipped().get(0).reason()).contains("is an AVIF image", "convert it");
    assertThat(images.toString()).startsWith("2 images of 2 classes, 2 skipped in ");
    assertThat(images.subset(0).skipped()).hasSize(2);
  }

  @Test
  void aClassOfOtherFilesIsToldWhatTheyAre() throws IOException {
    kind("jpeg/444.jpg", "cat/0.jpg");
    Files.createDirectories(root.resolve("dog"));
    Files.writeString(root.resolve("dog/a.heic"), "\0\0\0 ftypheic\0\0\0\0");
    assertThatThrownBy(() -> Images.folder(root))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("The class dog has no images")
        .hasMessageContaining("a.heic: It is not")
        .hasMessageContaining("is a HEIC image");
  }

  @Test
  void pointersOfGitLfsAreNamed() throws IOException {
    Path file = Files.writeString(root.resolve("a.jpg"), "version https://git-lfs.github.com/spec");
    assertThatThrownBy(() -> RgbImage.read(file)).hasMessageContaining("git lfs pull");
  }

  @Test
  void splitsAreNotTakenForClasses() throws IOException {
    for (String split : new String[] {"train", "val"}) {
      kind("jpeg/444.jpg", split + "/cat/0.jpg");
      kind("jpeg/444.jpg", split + "/dog/0.jpg");
    }
    assertThatThrownBy(() -> Images.folder(root))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("train and val, which look like splits", "Images.folder(\"")
        .hasMessageEndingWith("train\").");
    assertThat(Images.folder(root.resolve("train")).classes()).containsExactly("cat", "dog");
  }
}
