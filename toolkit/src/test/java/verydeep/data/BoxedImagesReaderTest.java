package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.VerydeepException;

/** Annotations as labeling tools and editors really write them. */
class BoxedImagesReaderTest {

  private static final BoundingBox BOX = new BoundingBox(9, 19, 60, 70);
  private static final String CAT = object("<name>cat</name>" + box("10", "20", "60", "70"));

  @TempDir Path root;
  private Path annotations;
  private Path images;

  @BeforeEach
  void tree() throws IOException {
    Files.createDirectories(root.resolve("ImageSets/Main"));
    annotations = Files.createDirectories(root.resolve("Annotations"));
    images = Files.createDirectories(root.resolve("JPEGImages"));
    Files.writeString(root.resolve("ImageSets/Main/all.txt"), "a1\na2\n");
    for (String name : List.of("a1", "a2")) {
      annotate(name, annotation("<width>120</width><height>90</height>", CAT));
      Goldens.write(marked(), images.resolve(name + ".png"));
    }
  }

  /** Red in the box, blue around it. */
  private static RgbImage marked() {
    byte[] rgb = new byte[3 * 120 * 90];
    for (int i = 0; i < 120 * 90; i++) {
      int x = i % 120;
      int y = i / 120;
      boolean inside = x >= 9 && x < 60 && y >= 19 && y < 70;
      rgb[3 * i + (inside ? 0 : 2)] = (byte) 200;
    }
    return RgbImage.of(120, 90, rgb);
  }

  private static String annotation(String size, String objects) {
    return "<annotation>\n<size>" + size + "</size>\n" + objects + "\n</annotation>\n";
  }

  private static String object(String content) {
    return "<object>" + content + "</object>";
  }

  private static String box(String left, String top, String right, String bottom) {
    return "<bndbox><xmin>%s</xmin><ymin>%s</ymin><xmax>%s</xmax><ymax>%s</ymax></bndbox>"
        .formatted(left, top, right, bottom);
  }

  private void annotate(String name, String xml) throws IOException {
    Files.writeString(annotations.resolve(name + ".xml"), xml);
  }

  private static void assertRedInTheBox(BoxedImages boxes) {
    assertThat(boxes.size()).isEqualTo(2);
    for (int i = 0; i < 2; i++) {
      assertThat(boxes.annotated(i).boxes("cat")).containsExactly(BOX);
      RgbImage inside = boxes.image(i).crop(BOX);
      assertThat(inside.red(0, 0)).isEqualTo(200);
      assertThat(inside.red(50, 50)).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<width>0</width><height>0</height>",
        "<width></width><height></height>",
        "<width>120</width>",
        ""
      })
  void aSizeThatIsNotStatedIsTheImagesOwn(String size) throws IOException {
    annotate("a1", annotation(size, CAT));
    BoxedImages boxes = BoxedImages.voc(root, "all");
    assertRedInTheBox(boxes);
    assertThat(boxes.flaws()).hasSize(1);
    assertThat(boxes.flaws().get(0).toString())
        .endsWith("a1.xml:2: the size of the image is not stated; its own is used");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PNG", "webp", "jpeg_large"})
  void imagesAreFoundWhateverTheirExtension(String extension) throws IOException {
    for (String name : List.of("a1", "a2")) {
      Files.move(images.resolve(name + ".png"), images.resolve(name + "." + extension));
    }
    assertRedInTheBox(BoxedImages.voc(root, "all"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void setsWithAMarkAreRead(String encoding) throws IOException {
    String text = "\uFEFFa1\r\na2\r\n";
    Files.write(root.resolve("ImageSets/Main/all.txt"), text.getBytes(Charset.forName(encoding)));
    assertRedInTheBox(BoxedImages.voc(root, "all"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void annotationsWithAMarkAreRead(String encoding) throws IOException {
    String xml = "\uFEFF" + Files.readString(annotations.resolve("a1.xml"));
    Files.write(annotations.resolve("a1.xml"), xml.getBytes(Charset.forName(encoding)));
    Files.move(annotations.resolve("a2.xml"), annotations.resolve("a2.XML"));
    assertRedInTheBox(BoxedImages.voc(root, "all"));
  }

  @ParameterizedTest
  @CsvSource({"1e1,2.0E1,+60,70.0", "10.00,20,6e+1,7.e1"})
  void numbersHaveExponentsAndFractions(String left, String top, String right, String bottom)
      throws IOException {
    String cat = object("<name>cat</name>" + box(left, top, right, bottom));
    annotate("a1", annotation("<width>120.0</width><height>9e1</height>", cat));
    assertRedInTheBox(BoxedImages.voc(root, "all"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<annotation><object><name>cat</name></object></annotation>|Line 1: The cat has no bndbox",
        "<!DOCTYPE a><annotation/>|Line 1: Document types and entities are not allowed.",
        "<annotation>|not well-formed XML",
        "<html/>|Line 1: It begins with <html>",
      })
  void aBadAnnotationIsSkippedWhenAsked(String xml, String reason) throws IOException {
    annotate("a1", xml);
    assertThatThrownBy(() -> BoxedImages.voc(root, "all"))
        .isInstanceOf(UnreadableAnnotationException.class);
    BoxedImages rest = BoxedImages.reader().skippingUnreadable().voc(root.toString(), "all");
    assertThat(rest.size()).isEqualTo(1);
    assertThat(rest.skipped()).hasSize(1);
    assertThat(rest.skipped().get(0).file()).isEqualTo(annotations.resolve("a1.xml"));
    assertThat(rest.skipped().get(0).reason()).contains(reason);
    assertThat(rest.toString()).startsWith("1 images, 1 objects of 1 classes, 1 skipped in ");
    annotate("a2", xml);
    assertThatThrownBy(() -> BoxedImages.reader().skippingUnreadable().voc(root, "all"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("All 2 annotations");
  }

  @Test
  void latin1IsTakenOnlyIfItIsDeclared() throws IOException {
    String xml = annotation("<width>120</width><height>90</height>", CAT.replace("cat", "Löwe"));
    Path file = annotations.resolve("a1.xml");
    Files.write(file, xml.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> BoxedImages.voc(root, "all"))
        .hasMessageContaining("a1.xml")
        .hasMessageContaining("It is not in UTF-8, and declares no other encoding.");
    Files.writeString(
        file, "<?xml version='1.0' encoding='latin1'?>" + xml, StandardCharsets.ISO_8859_1);
    assertThat(BoxedImages.voc(root, "all").classes()).containsExactly("Löwe", "cat");
  }

  @Test
  void listsInAnotherEncodingNameTheLine() throws IOException {
    Path list = root.resolve("ImageSets/Main/all.txt");
    Files.write(list, "a1\nLöwe\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> BoxedImages.voc(root, "all"))
        .isInstanceOfSatisfying(
            UnreadableAnnotationException.class, e -> assertThat(e.line()).isEqualTo(2))
        .hasMessageContaining("not in UTF-8");
  }

  @Test
  void nothingIsPrinted() throws IOException {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      for (String bad :
          List.of("\0\1", "<a", "<annotation>&x;", "<!DOCTYPE a [<!ENTITY", "<?xml ?>")) {
        annotate("a1", bad);
        assertThat(BoxedImages.reader().skippingUnreadable().voc(root, "all").size()).isEqualTo(1);
      }
      Files.write(annotations.resolve("a1.xml"), new byte[] {'<', 'a', (byte) 0xE9, '>'});
      assertThat(BoxedImages.reader().skippingUnreadable().voc(root, "all").size()).isEqualTo(1);
    } finally {
      System.setErr(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void annotationsInAFolderNeedNoSets() throws IOException {
    assertRedInTheBox(BoxedImages.reader().vocFolder(images, annotations));
    for (String name : List.of("a1", "a2")) {
      Files.move(annotations.resolve(name + ".xml"), images.resolve(name + ".xml"));
    }
    assertRedInTheBox(BoxedImages.reader().vocFolder(images.toString(), images.toString()));
    assertThatThrownBy(() -> BoxedImages.reader().vocFolder(images, annotations))
        .hasMessageContaining("There is no XML file in");
  }

  @Test
  void unreadableYoloImagesAreSkipped() throws IOException {
    Files.writeString(images.resolve("a1.png"), "no image");
    Files.writeString(annotations.resolve("a1.txt"), "0 .5 .5 .1 .1");
    Files.writeString(annotations.resolve("a2.txt"), "0.0 5E-1 +.5 1e-1 .1");
    BoxedImages boxes =
        BoxedImages.reader().skippingUnreadable().yolo(images, annotations, List.of("cat"));
    assertThat(boxes.annotated(0).objects().get(0).box().left()).isEqualTo(54);
    assertThat(boxes.skipped()).extracting(Skipped::file).containsExactly(images.resolve("a1.png"));
  }
}
