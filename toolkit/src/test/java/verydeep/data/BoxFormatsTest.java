package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import verydeep.VerydeepException;

/** COCO's boxes, the shipped blood cells, and what a collection can do. */
class BoxFormatsTest {

  @TempDir private Path root;
  private Path folder;
  private Path boxes;

  @BeforeEach
  void folders() throws IOException {
    folder = Files.createDirectories(root.resolve("pictures"));
    boxes = Files.createDirectories(root.resolve("boxes"));
  }

  @Test
  void textBoxesAreFractionsOfTheImage() throws IOException {
    photo(folder.resolve("a.jpg"), 200, 100);
    photo(folder.resolve("b.png"), 50, 80);
    Files.writeString(boxes.resolve("a.txt"), "1 0.5 0.5 0.25 0.5\n\n0 .1 .1 .2 .2\n");

    BoxedImages images = BoxedImages.yolo(folder, boxes, List.of("cat", "dog"));

    assertThat(images.classes()).containsExactly("cat", "dog");
    assertThat(images.annotated(0).boxes("dog")).containsExactly(new BoundingBox(75, 25, 125, 75));
    assertThat(images.annotated(0).boxes("cat")).containsExactly(new BoundingBox(0, 0, 40, 20));
    assertThat(images.annotated(1).objects()).isEmpty();
    assertThat(images.image(1)).hasToString("RgbImage of 50 x 80 pixels");
    assertThat(images.counts()).containsExactly(1, 1);
  }

  @Test
  void roundingIsNotAFlawButAPixelIs() throws IOException {
    photo(folder.resolve("a.jpg"), 640, 480);
    Files.writeString(boxes.resolve("a.txt"), "0 0.5 0.5 1.000001 1\n0 0.9 0.5 0.21 0.5\n");

    BoxedImages images = BoxedImages.yolo(folder, boxes, List.of("cat"));

    assertThat(images.flaws()).hasSize(1);
    assertThat(images.flaws().get(0).line()).isEqualTo(2);
    assertThat(images.flaws().get(0).kept()).isTrue();
    assertThat(images.annotated(0).boxes("cat").get(1).right()).isEqualTo(640);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0.5 0.5 0.5|4 words",
        "0 0.1 0.1 0.2 0.2 0.9|6 words",
        "1 0.5 0.5 0.5 0.5|class is \"1\"; it must be from 0 to 0",
        "-1 0.5 0.5 0.5 0.5|class is \"-1\"",
        "9999999999 0.5 0.5 0.5 0.5|class is \"9999999999\"",
        "0 0.5 NaN 0.5 0.5|\"NaN\" is not a fraction",
        "0 0.5 0.5 1e999 0.5|\"1e999\" is not a fraction",
        "0 0.5 0.5 0x1p3 0.5|\"0x1p3\" is not a fraction",
      })
  void textNamesFileLineAndReason(String line, String reason) throws IOException {
    photo(folder.resolve("a.jpg"), 20, 20);
    Files.writeString(boxes.resolve("a.txt"), "\n" + line + "\n");

    assertThatThrownBy(() -> BoxedImages.yolo(folder, boxes, List.of("cat")))
        .isInstanceOfSatisfying(
            UnreadableAnnotationException.class,
            e -> {
              assertThat(e.line()).isEqualTo(2);
              assertThat(e).hasMessageContaining("a.txt").hasMessageContaining(reason);
            });
  }

  @Test
  void binaryLabelsAndMismatchedFoldersAreRejected() throws IOException {
    photo(folder.resolve("a.jpg"), 20, 20);
    assertThatThrownBy(() -> BoxedImages.yolo(folder, boxes, List.of("cat")))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("No image in");
    Files.write(boxes.resolve("a.txt"), new byte[] {(byte) 0xff, 0, 1});
    assertThatThrownBy(() -> BoxedImages.yolo(folder, boxes, List.of("cat")))
        .isInstanceOf(UnreadableAnnotationException.class);
    Files.writeString(folder.resolve("a.jpg"), "no image");
    assertThatThrownBy(() -> BoxedImages.yolo(folder, boxes, List.of("cat")))
        .isInstanceOf(UnreadableImageException.class);
  }

  @Test
  void bloodCells() {
    BoxedImages cells = BoxedImages.voc("../datasets/bccd", "trainval");

    assertThat(cells)
        .hasToString(
            "292 images, 3941 objects of 3 classes, 2 flawed boxes in …atasets/bccd, trainval");
    assertThat(cells.flaws())
        .extracting(flaw -> flaw.file().getFileName().toString())
        .containsExactly("BloodImage_00338.xml", "BloodImage_00343.xml");
    assertThat(cells.flaws()).allMatch(flaw -> !flaw.kept() && flaw.name().equals("RBC"));
    assertThat(cells.counts()).containsExactly(292, 3348, 301);
    assertThat(cells.only("WBC").size()).isEqualTo(290);
    assertThatThrownBy(() -> cells.only("cat")).hasMessageContaining("[Platelets, RBC, WBC]");
    assertThatThrownBy(cells::images)
        .hasMessageContaining("an image of exactly one class is needed");
  }

  @Test
  void splitsKeepEachKindsShare() {
    BoxedImages cells = BoxedImages.voc("../datasets/bccd", "trainval");
    Split<BoxedImages> split = cells.split(0.75, 3);

    assertThat(split.training().size()).isEqualTo(219);
    assertThat(split.validation().size()).isEqualTo(73);
    assertThat(files(split.training())).doesNotContainAnyElementsOf(files(split.validation()));
    assertThat((double) split.validation().counts()[0] / cells.counts()[0])
        .isCloseTo(0.25, within(0.08));
    assertThat(cells.split(0.75, 3).training().fingerprint())
        .isEqualTo(split.training().fingerprint())
        .isNotEqualTo(cells.split(0.75, 4).training().fingerprint());
    assertThatThrownBy(() -> cells.split(1, 3)).isInstanceOf(VerydeepException.class);
    assertThat(cells.some(10, 1).size()).isEqualTo(10);
  }

  @Test
  void classesTakeOtherIndices() {
    BoxedImages cells = BoxedImages.voc("../datasets/bccd", "test");
    BoxedImages others = cells.withClasses(List.of("cat", "WBC", "RBC", "Platelets"));

    assertThat(others.counts()).containsExactly(0, 71, 805, 69);
    assertThatThrownBy(() -> cells.withClasses(List.of("WBC")))
        .isInstanceOf(VerydeepException.class);
  }

  /** Photos of COCO, which may not be shipped. */
  @Test
  void cocosFirst128() {
    Path folder = Path.of(System.getProperty("coco128", "none"));
    Assumptions.assumeTrue(Files.isDirectory(folder), "-Dcoco128 names no folder");
    List<String> classes = IntStream.range(0, 80).mapToObj(i -> "class " + i).toList();

    BoxedImages coco =
        BoxedImages.yolo(folder.resolve("images"), folder.resolve("labels"), classes);

    assertThat(coco.size()).isEqualTo(128);
    assertThat(coco.skippingUnreadable().size()).isEqualTo(128);
  }

  private static List<Path> files(BoxedImages images) {
    return IntStream.range(0, images.size()).mapToObj(i -> images.annotated(i).file()).toList();
  }

  private static void photo(Path file, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    String name = file.getFileName().toString();
    ImageIO.write(image, name.endsWith("png") ? "png" : "jpg", file.toFile());
  }
}
