package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;

/** ILSVRC's boxes: the layouts of its archives, and the traps that are known to lie in them. */
class IlsvrcBoxesTest {

  @TempDir private Path root;
  private Path folder;
  private Path boxes;

  @BeforeEach
  void folders() throws IOException {
    folder = Files.createDirectories(root.resolve("pictures"));
    boxes = Files.createDirectories(root.resolve("boxes"));
  }

  @Test
  void ilsvrcInFoldersAndFlat() throws IOException {
    photo(
        Files.createDirectories(folder.resolve("n01440764")).resolve("n01440764_18.JPEG"), 60, 40);
    photo(folder.resolve("ILSVRC2012_val_00000001.JPEG"), 60, 40);
    Path synset = Files.createDirectories(boxes.resolve("n01440764"));
    Files.writeString(synset.resolve("n01440764_18.xml"), xml("n01440764", 60));
    Files.writeString(synset.resolve("n01440764_19.xml"), xml("n01440764", 60)); // no image
    Files.writeString(boxes.resolve("ILSVRC2012_val_00000001.xml"), xml("n01443537", 60));
    Files.writeString(boxes.resolve("n01440764_18.xml"), xml("n01440764", 60)); // flat

    BoxedImages images = BoxedImages.ilsvrc(folder, boxes);

    assertThat(images.size()).isEqualTo(3);
    assertThat(images.classes()).isEqualTo(Ilsvrc.classes());
    assertThat(images.annotated(0).names()).containsExactly(Ilsvrc.classes().get(1));
    assertThat(images.images().label(1)).isZero();
    assertThat(images.annotated(1).file()).isEqualTo(images.annotated(2).file());
  }

  @Test
  void ilsvrcNamesUnknownSynsets() throws IOException {
    photo(folder.resolve("a.JPEG"), 60, 40);
    Files.writeString(boxes.resolve("a.xml"), xml("n99999999", 60));

    assertThatThrownBy(() -> BoxedImages.ilsvrc(folder, boxes))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("n99999999");
    assertThatThrownBy(() -> BoxedImages.ilsvrc(boxes, boxes)).hasMessageContaining("its image");
    assertThatThrownBy(() -> BoxedImages.ilsvrc(folder, root.resolve("no")))
        .hasMessageContaining("no folder of annotations");
  }

  @Test
  void imageOfAnotherSizeIsNotUsed() throws IOException {
    photo(folder.resolve("a.JPEG"), 60, 40);
    photo(folder.resolve("b.JPEG"), 60, 40);
    Files.writeString(boxes.resolve("a.xml"), xml("n01440764", 80));
    Files.writeString(boxes.resolve("b.xml"), xml("n01440764", 60));
    BoxedImages images = BoxedImages.ilsvrc(folder, boxes);

    assertThatThrownBy(() -> images.image(0))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("a.JPEG has 60 x 40 pixels")
        .hasMessageContaining("80 x 40");
    assertThat(images.skippingUnreadable().size()).isEqualTo(1);
    assertThat(images.skippingUnreadable().skipped().get(0).reason()).contains("80 x 40");
  }

  /** As ILSVRC2012_bbox_val_v3.tgz unpacks, beside a flat folder of images and a sorted one. */
  @Test
  void theArchiveOfValidation() throws IOException {
    String name = "ILSVRC2012_val_00000001";
    write(
        boxes.resolve("val/" + name + ".xml"),
        annotation("val", name, 500, 375, object("n01751748", 0, 108, 441, 375)));
    photo(folder.resolve(name + ".JPEG"), 500, 375);
    Path sorted = root.resolve("sorted");
    photo(sorted.resolve("n01751748/" + name + ".JPEG"), 500, 375);

    for (Path folder : List.of(this.folder, sorted)) {
      BoxedImages images = BoxedImages.ilsvrc(folder, boxes);
      assertThat(images.size()).isEqualTo(1);
      assertThat(images.flaws()).isEmpty();
      assertThat(images.annotated(0).names()).containsExactly("sea snake");
      assertThat(images.annotated(0).boxes("sea snake"))
          .containsExactly(new BoundingBox(0, 108, 441, 375));
      assertThat(images.image(0).width()).isEqualTo(500);
    }
  }

  /** As the archives of single synsets unpack. */
  @Test
  void aDogIsNamedByItsBreedAndSmallerThanItsFile() throws IOException {
    String name = "n02092002_1234";
    write(
        boxes.resolve("Annotation/n02092002/" + name + ".xml"),
        annotation("%s", "%s", 250, 188, object("Scottish_deerhound", 50, 47, 250, 94)));
    photo(folder.resolve("n02092002/" + name + ".JPEG"), 1000, 750);

    BoxedImages images = BoxedImages.ilsvrc(folder, boxes);

    String deerhound = "Scottish deerhound, deerhound";
    assertThat(images.annotated(0).names()).containsExactly(deerhound);
    assertThat(images.annotated(0).width()).isEqualTo(1000);
    assertThat(images.image(0).height()).isEqualTo(750);
    assertThat(images.annotated(0).boxes(deerhound))
        .containsExactly(new BoundingBox(200, 187.5, 1000, 375));
  }

  /** As n03127925_147, whose boxes reach beyond it, and others with exchanged corners. */
  @Test
  void boxesThatCannotBeAreReported() throws IOException {
    write(
        boxes.resolve("n03127925/n03127925_147.xml"),
        annotation(
            "n03127925",
            "n03127925_147",
            500,
            375,
            object("n03127925", 10, 10, 512, 300),
            object("n03127925", 300, 10, 200, 300),
            object("n03127925", 600, 10, 700, 300)));
    photo(folder.resolve("n03127925/n03127925_147.JPEG"), 500, 375);

    BoxedImages images = BoxedImages.ilsvrc(folder, boxes);

    assertThat(images.annotated(0).objects())
        .extracting(AnnotatedImage.Annotation::box)
        .containsExactly(new BoundingBox(10, 10, 500, 300));
    assertThat(images.flaws())
        .extracting(AnnotatedImage.Flaw::kept)
        .containsExactly(true, false, false);
    assertThat(images.flaws().get(1).reason()).contains("are swapped");
  }

  @Test
  void pathInANameIsNotFollowed() throws IOException {
    photo(root.resolve("secret/ILSVRC2012_val_00000002.JPEG"), 500, 375);
    write(
        boxes.resolve("ILSVRC2012_val_00000002.xml"),
        annotation("val", "x", 500, 375, object("../secret", 1, 1, 50, 50)));
    assertThatThrownBy(() -> BoxedImages.ilsvrc(folder, boxes))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("No annotation");
  }

  @Test
  void aDamagedImageIsMissedWhenItIsRead() throws IOException {
    for (int i : new int[] {1, 2}) {
      write(
          boxes.resolve("n01440764/n01440764_" + i + ".xml"),
          annotation("n01440764", "n01440764_" + i, 60, 40, object("n01440764", 1, 1, 30, 30)));
      photo(folder.resolve("n01440764/n01440764_" + i + ".JPEG"), 60, 40);
    }
    Files.writeString(folder.resolve("n01440764/n01440764_1.JPEG"), "no image");
    BoxedImages images = BoxedImages.ilsvrc(folder, boxes);
    assertThat(images.size()).isEqualTo(2);
    assertThat(images.skippingUnreadable().size()).isEqualTo(1);
  }

  private static String annotation(
      String folder, String file, int width, int height, String... objects) {
    return """
    <annotation>
    \t<folder>%s</folder>
    \t<filename>%s</filename>
    \t<source>
    \t\t<database>ILSVRC_2012</database>
    \t</source>
    \t<size>
    \t\t<width>%d</width>
    \t\t<height>%d</height>
    \t\t<depth>3</depth>
    \t</size>
    \t<segmented>0</segmented>
    %s</annotation>
    """
        .formatted(folder, file, width, height, String.join("", objects));
  }

  private static String object(String name, int left, int top, int right, int bottom) {
    return """
    \t<object>
    \t\t<name>%s</name>
    \t\t<pose>Unspecified</pose>
    \t\t<truncated>0</truncated>
    \t\t<difficult>0</difficult>
    \t\t<bndbox>
    \t\t\t<xmin>%d</xmin>
    \t\t\t<ymin>%d</ymin>
    \t\t\t<xmax>%d</xmax>
    \t\t\t<ymax>%d</ymax>
    \t\t</bndbox>
    \t</object>
    """
        .formatted(name, left, top, right, bottom);
  }

  private static String xml(String name, int width) {
    return """
    <annotation><folder>x</folder><filename>y</filename>
    <size><width>%d</width><height>40</height><depth>3</depth></size><segmented>0</segmented>
    <object><name>%s</name><pose>Unspecified</pose><truncated>0</truncated>
    <difficult>0</difficult><bndbox><xmin>10</xmin><ymin>5</ymin><xmax>30</xmax><ymax>35</ymax>
    </bndbox></object></annotation>
    """
        .formatted(width, name);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void photo(Path file, int width, int height) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "jpg", file.toFile());
  }
}
