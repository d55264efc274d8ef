package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.VerydeepException;

/** Annotations of PASCAL VOC, sound, flawed and hostile. */
class VocTest {

  private static final String SIZE = "<size><width>64</width><height>48</height></size>";

  @TempDir private Path root;

  @Test
  void countsPixelsFromZeroWhereVocCountsFromOne() throws IOException {
    BoxedImages images = voc(SIZE + object("cat", 1, 1, 64, 48));

    assertThat(images.annotated(0).boxes("cat")).containsExactly(new BoundingBox(0, 0, 64, 48));
    assertThat(images.flaws()).isEmpty();
  }

  @Test
  void readsAllThatVocSaysOfAnObject() throws IOException {
    BoxedImages images =
        voc(
            """
            <size><width>64</width><height>48</height><depth>3</depth></size>
            <object>
              <name>person</name><pose>Left</pose><truncated>1</truncated><difficult>1</difficult>
              <bndbox><xmax>20.5</xmax><xmin>10.25</xmin><ymin>3</ymin><ymax>30</ymax></bndbox>
              <part><name>head</name>
                <bndbox><xmin>11</xmin><ymin>4</ymin><xmax>15</xmax><ymax>9</ymax></bndbox>
              </part>
            </object>
            """);

    assertThat(images.annotated(0).objects())
        .containsExactly(
            new AnnotatedImage.Annotation(
                "person", new BoundingBox(9.25, 2, 20.5, 30), true, true, "Left"));
    assertThat(images.withoutDifficult().size()).isZero();
  }

  @Test
  void reportsUnusableBoxes() throws IOException {
    BoxedImages images =
        voc(
            SIZE
                + object("point", 50, 33, 50, 33)
                + object("exchanged", 30, 30, 20, 40)
                + object("outside", 65, 1, 90, 20)
                + object("beyond", 0, 10, 70, 40)
                + object("sound", 5, 5, 20, 20));

    assertThat(images.annotated(0).objects())
        .extracting(AnnotatedImage.Annotation::toString)
        .containsExactly("beyond (0, 9)-(64, 40)", "sound (4, 4)-(20, 20)");
    assertThat(images.flaws())
        .extracting(AnnotatedImage.Flaw::name, AnnotatedImage.Flaw::kept)
        .hasToString(
            "[(\"point\", false), (\"exchanged\", false), (\"outside\", false), (\"beyond\","
                + " true)]");
    assertThat(images.flaws().get(0).reason()).contains("at most one pixel");
    assertThat(images.flaws().get(0).toString()).contains("one.xml:", "left out");
    assertThat(images.toString())
        .startsWith("1 images, 2 objects of 2 classes, 4 flawed boxes in ")
        .endsWith(", all")
        .hasSizeLessThanOrEqualTo(80);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<annotation>|not well-formed XML",
        "<annotation/>|does not state the size of",
        "<anotation/>|begins with <anotation>",
        "|not well-formed XML",
        "<annotation><size><width>0</width></size></annotation>|does not state the size of",
        "<annotation><size><width>9e9</width></size></annotation>|width is \"9e9\"",
        "<annotation><object/></annotation>|object has no name",
        "<annotation><object><name>a</name></object></annotation>|no bndbox/xmin",
        "<!DOCTYPE annotation><annotation/>|Document types and entities",
        "<annotation>&lol;</annotation>|line 1",
      })
  void namesFileLineAndReason(String xml, String reason) throws IOException {
    assertThatThrownBy(() -> file(xml == null ? "" : xml))
        .isInstanceOf(UnreadableAnnotationException.class)
        .hasMessageContaining("one.xml")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "1e333", "0x1p3", "12345678901", "", "four", "1,5"})
  void rejectsNonNumericEdges(String xmin) {
    assertThatThrownBy(
            () ->
                voc(
                    SIZE
                        + "\n"
                        + object("cat", 1, 1, 9, 9).replace("<xmin>1<", "<xmin>" + xmin + "<")))
        .isInstanceOfSatisfying(
            UnreadableAnnotationException.class,
            e -> {
              assertThat(e.line()).isEqualTo(2);
              assertThat(e.reason()).contains("\"" + xmin + "\"", "xmin", "cat");
            });
  }

  @Test
  void rejectsAnInvalidFlag() {
    assertThatThrownBy(
            () ->
                voc(
                    SIZE
                        + object("cat", 1, 1, 9, 9)
                            .replace("<bndbox>", "<difficult>2</difficult><bndbox>")))
        .hasMessageContaining("difficult is \"2\"");
  }

  /** A billion laughs, a file from the disk, an address: nothing of them may be looked at. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">",
        "<!ENTITY c SYSTEM \"file:///etc/hostname\">",
        "<!ENTITY c SYSTEM \"http://127.0.0.1:1/\">",
        "<!ENTITY % d SYSTEM \"http://127.0.0.1:1/\"> %d;"
      })
  void readsNoEntities(String entities) {
    String xml =
        "<!DOCTYPE annotation [%s]>\n<annotation><folder>&c;</folder></annotation>"
            .formatted(entities);

    assertThatThrownBy(() -> file(xml))
        .isInstanceOf(UnreadableAnnotationException.class)
        .hasMessageContaining("one.xml");
  }

  /** Bytes of a real annotation changed, cut out and doubled by chance. */
  @Test
  void damagedFilesAreReadOrRefusedNeverWorse() throws IOException {
    byte[] sound = Files.readAllBytes(Path.of("../datasets/bccd/Annotations/BloodImage_00000.xml"));
    voc(SIZE);
    Path file = root.resolve("Annotations/one.xml");
    SplittableRandom random = new SplittableRandom(9);
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      Files.write(file, damaged(sound, random));
      try {
        for (AnnotatedImage.Annotation object :
            BoxedImages.voc(root, "all").annotated(0).objects()) {
          assertThat(object.box().isDegenerate()).isFalse();
        }
      } catch (UnreadableAnnotationException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(500, 1_999);
  }

  private static byte[] damaged(byte[] sound, SplittableRandom random) {
    byte[] bytes = sound.clone();
    int at = random.nextInt(bytes.length - 40);
    int length = random.nextInt(1, 40);
    switch (random.nextInt(3)) {
      case 0 -> bytes[at] = (byte) random.nextInt(256);
      case 1 -> bytes = Arrays.copyOf(bytes, at);
      default -> System.arraycopy(sound, random.nextInt(sound.length - 40), bytes, at, length);
    }
    return bytes;
  }

  @Test
  void refusesElementsThatGoDeeperThanAnyAnnotation() {
    assertThatThrownBy(() -> voc("<a>".repeat(100_000)))
        .isInstanceOf(UnreadableAnnotationException.class)
        .hasMessageContaining("more than 32 deep");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "a/b", "a\\b", "..", "/etc/passwd", "c:x"})
  void aSetListsNamesNotPaths(String name) throws IOException {
    voc(SIZE);
    Files.writeString(root.resolve("ImageSets/Main/bad.txt"), "one\n" + name + "\n");

    assertThatThrownBy(() -> BoxedImages.voc(root, "bad"))
        .isInstanceOfSatisfying(
            UnreadableAnnotationException.class, e -> assertThat(e.line()).isEqualTo(2));
    assertThatThrownBy(() -> BoxedImages.voc(root, name)).isInstanceOf(VerydeepException.class);
  }

  @Test
  void aSetOfAClassHasASecondColumn() throws IOException {
    voc(SIZE);
    Files.writeString(root.resolve("ImageSets/Main/cat_all.txt"), "one  1\n\n");

    assertThat(BoxedImages.voc(root, "cat_all").size()).isEqualTo(1);
  }

  @Test
  void saysWhichSetsThereAre() throws IOException {
    voc(SIZE);

    assertThatThrownBy(() -> BoxedImages.voc(root, "train"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("no set \"train\"")
        .hasMessageContaining("[all]");
    assertThatThrownBy(() -> BoxedImages.voc(root.resolve("nowhere"), "train"))
        .hasMessageContaining("a VOC tree has the folders Annotations");
  }

  /** A mark of a class's list ends a line; a number that belongs to the name stays. */
  @ParameterizedTest
  @ValueSource(strings = {"my photo", "my photo 1", "my photo  -1", "my photo\t0", " my photo 1 "})
  void namesMayHaveSpaces(String line) throws IOException {
    voc(SIZE);
    Path sound = root.resolve("Annotations/one.xml");
    Files.copy(sound, root.resolve("Annotations/my photo.xml"));
    Files.writeString(root.resolve("ImageSets/Main/all.txt"), line + "\n");

    assertThat(BoxedImages.voc(root, "all").annotated(0).file().getFileName())
        .hasToString("my photo.jpg");

    Files.copy(sound, root.resolve("Annotations/my photo 1.xml"));
    assertThat(BoxedImages.voc(root, "all").annotated(0).file().getFileName())
        .hasToString(line.strip().equals("my photo 1") ? "my photo 1.jpg" : "my photo.jpg");
  }

  @Test
  void aMissingAnnotationIsNamed() throws IOException {
    voc(SIZE);
    Files.delete(root.resolve("Annotations/one.xml"));

    assertThatThrownBy(() -> BoxedImages.voc(root, "all"))
        .isInstanceOf(UnreadableAnnotationException.class)
        .hasMessageContaining("one.xml");
  }

  private BoxedImages voc(String content) throws IOException {
    return file("<annotation>" + content + "</annotation>");
  }

  private BoxedImages file(String xml) throws IOException {
    Path sets = Files.createDirectories(root.resolve("ImageSets/Main"));
    Path annotations = Files.createDirectories(root.resolve("Annotations"));
    Files.writeString(sets.resolve("all.txt"), "one\n");
    Files.writeString(annotations.resolve("one.xml"), xml);
    return BoxedImages.voc(root, "all");
  }

  private static String object(String name, int xmin, int ymin, int xmax, int ymax) {
    List<Integer> edges = List.of(xmin, ymin, xmax, ymax);
    return ("<object><name>"
            + name
            + "</name><bndbox><xmin>%d</xmin><ymin>%d</ymin>"
            + "<xmax>%d</xmax><ymax>%d</ymax></bndbox></object>")
        .formatted(edges.toArray());
  }
}
