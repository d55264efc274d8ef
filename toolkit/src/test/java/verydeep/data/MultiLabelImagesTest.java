package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import verydeep.VerydeepException;

/** PASCAL VOC's labels of whole images and of people, sound and not. */
class MultiLabelImagesTest {

  @TempDir private Path root;

  @BeforeEach
  void twoImages() throws IOException {
    for (String name : new String[] {"2008_000001", "2008_000002"}) {
      image(name);
    }
    main("train", "2008_000001\n2008_000002\n");
    main("cat_train", "2008_000001  1\n2008_000002 -1\n");
    main("dog_train", "2008_000001  0\n2008_000002  1\n");
    main("cat_trainval", "2008_000009  1\n");
  }

  /** 40 x 30, red the column, green the row. */
  private void image(String name) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 40; x++) {
        image.setRGB(x, y, x << 16 | y << 8);
      }
    }
    Path folder = Files.createDirectories(root.resolve("JPEGImages"));
    ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
  }

  private void main(String name, String lines) throws IOException {
    write("ImageSets/Main/" + name + ".txt", lines);
  }

  private void action(String name, String lines) throws IOException {
    write("ImageSets/Action/" + name + ".txt", lines);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static String object(String name, int left, int top, int right, int bottom) {
    return "<object><name>%s</name><bndbox><xmin>%d</xmin><ymin>%d</ymin><xmax>%d</xmax><ymax>%d</ymax></bndbox></object>"
        .formatted(name, left, top, right, bottom);
  }

  private void annotation(String name, String objects) throws IOException {
    write(
        "Annotations/" + name + ".xml",
        "<annotation><size><width>40</width><height>30</height></size>"
            + objects
            + "</annotation>");
  }

  /** A flawed object, a horse, and two people, in the first image. */
  private void people() throws IOException {
    action("train", "2008_000001 3\n2008_000001 4\n");
    action("riding_train", "2008_000001 3 1\n2008_000001 4 -1\n");
    annotation(
        "2008_000001",
        object("person", 9, 9, 9, 9)
            + object("horse", 1, 1, 10, 10)
            + object("person", 3, 5, 12, 20)
            + object("person", 20, 1, 45, 30));
  }

  @Test
  void readsWhatEachImageShows() {
    MultiLabelImages train = MultiLabelImages.voc(root, "train");

    assertThat(train.classes()).containsExactly("cat", "dog");
    assertThat(train.presence(0, 0)).isEqualTo(MultiLabelImages.Presence.SHOWN);
    assertThat(train.presence(0, 1)).isEqualTo(MultiLabelImages.Presence.DIFFICULT);
    assertThat(train.presence(1, 0)).isEqualTo(MultiLabelImages.Presence.ABSENT);
    assertThat(train.shown(1)).isEqualTo(1);
    assertThat(train.images().file(1).getFileName()).hasToString("2008_000002.png");
    assertThat(train.toString()).startsWith("2 images, 2 classes, in ").endsWith(", train");
    assertThatThrownBy(train::boxes)
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("whole images without boxes");
  }

  @ParameterizedTest
  @CsvSource({
    "2008_000001 1, 'line 1: The line has 2 words; it must be a name.', train",
    "../x, 'is not a file name', train",
    "2008_000001\\n2008_000001, 'line 2: \"2008_000001\" is listed twice', train",
    "2008_000007, '2008_000007.jpg is missing', train",
    "2008_000001 2, 'The label is \"2\"; it must be 1, 0 or -1', cat_train",
    "2008_000001, '1 words; it must be a name, a label', cat_train",
    "2008_000001 1, 'It has 1 labels for the 2 examples of train.txt', cat_train",
    "2008_000002 1, 'The line is about \"2008_000002\", where train.txt has \"2008_000001\"',"
        + " cat_train",
    "'', 'It lists no images.', cat_train"
  })
  void namesWhatIsWrongWithAFile(String lines, String reason, String file) throws IOException {
    main(file, lines.replace("\\n", "\n"));

    assertThatThrownBy(() -> MultiLabelImages.voc(root, "train"))
        .isInstanceOf(UnreadableAnnotationException.class)
        .hasMessageContaining(file + ".txt")
        .hasMessageContaining(reason);
  }

  @Test
  void saysWhichSetsThereAre() throws IOException {
    main("test", "2008_000001\n");

    assertThatThrownBy(() -> MultiLabelImages.voc(root, "val"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("no set \"val\"")
        .hasMessageContaining("train");
    assertThatThrownBy(() -> MultiLabelImages.voc(root, "../train"))
        .isInstanceOf(VerydeepException.class);
    assertThatThrownBy(() -> MultiLabelImages.voc(root, "test"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("no label file CLASS_test.txt");
    assertThatThrownBy(() -> MultiLabelImages.vocActions(root, "train"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("a VOC tree has the folders");
  }

  @Test
  void findsPeopleByTheirPlaceAmongAllObjects() throws IOException {
    people();

    MultiLabelImages train = MultiLabelImages.vocActions(root, "train");

    assertThat(train.size()).isEqualTo(2);
    assertThat(train.classes()).containsExactly("riding");
    assertThat(train.images().file(0)).isEqualTo(train.images().file(1));
    assertThat(train.presence(1, 0)).isEqualTo(MultiLabelImages.Presence.ABSENT);
    assertThat(train.boxes().box(0)).contains(new BoundingBox(2, 4, 12, 20));
    assertThat(train.boxes().box(1)).contains(new BoundingBox(19, 0, 40, 30)); // of 45
    assertThat(train.images().box(0)).isEmpty();
    assertThat(train.toString()).startsWith("2 people, 1 classes, in ");
  }

  @Test
  void cutsPeopleOut() throws IOException {
    people();

    Images boxes = MultiLabelImages.vocActions(root, "train").boxes();
    RgbImage person = boxes.image(0);

    assertThat(person.width()).isEqualTo(10);
    assertThat(person.height()).isEqualTo(16);
    assertThat(person.red(0, 0)).isEqualTo(2);
    assertThat(person.green(9, 15)).isEqualTo(19);
    assertThat(boxes.subset(1).image(0).width()).isEqualTo(21);
    assertThat(boxes.fingerprint()).isNotEqualTo(boxes.subset(1, 0).fingerprint());
  }

  @ParameterizedTest
  @CsvSource({
    "5, 'It has 4 objects, so there is no object 5.'",
    "2, 'Object 2 is of class horse; class person is needed.'",
    "1, 'at most one pixel wide or high'",
    "0, 'index is \"0\"; indices start at 1.'",
    "x, 'index is \"x\"'",
    "9999999, 'index is \"9999999\"'"
  })
  void rejectsMissingPeople(String index, String reason) throws IOException {
    people();
    action("train", "2008_000001 " + index + "\n");
    action("riding_train", "2008_000001 " + index + " 1\n");

    assertThatThrownBy(() -> MultiLabelImages.vocActions(root, "train"))
        .isInstanceOf(UnreadableAnnotationException.class)
        .hasMessageContaining(reason);
  }
}
