package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import verydeep.VerydeepException;
import verydeep.weights.Mutation;

/** Damaged lists, labels and boxes: read, or refused by the typed error with a sentence. */
class TextBombardmentTest {

  private static final int COUNT = 200;
  private static final List<Mutation> MUTATIONS = List.of(Mutation.values());
  private static final String XML =
      "<?xml version='1.0' encoding='UTF-8'?>\n<!-- a cat -->\n<annotation><size><width>21</width>"
          + "<height>15</height></size><object><name>cat</name><difficult>0</difficult><bndbox>"
          + "<xmin>1e0</xmin><ymin>2.5</ymin><xmax>9</xmax><ymax>9</ymax></bndbox></object>"
          + "</annotation>\n";

  @TempDir Path root;
  private Path image;

  @BeforeEach
  void tree() throws IOException {
    for (String folder : List.of("Annotations", "JPEGImages", "ImageSets/Main")) {
      Files.createDirectories(root.resolve(folder));
    }
    image = Files.write(root.resolve("JPEGImages/a1.jpg"), Kinds.file("jpeg/444.jpg"));
    Files.writeString(root.resolve("Annotations/a1.xml"), XML);
    Files.writeString(root.resolve("Annotations/a1.txt"), "0 0.5 0.5 .25 1e-1\n");
    Files.writeString(root.resolve("ImageSets/Main/all.txt"), "a1\n");
    Files.writeString(root.resolve("ImageSets/Main/cat_all.txt"), "a1 1\n");
  }

  private interface Reading {
    Object read();
  }

  private void bombard(Path file, String encoding, Reading reading) throws IOException {
    byte[] sound = Files.readString(file).getBytes(encoding);
    int read = 0;
    for (int i = 0; i < COUNT; i++) {
      SplittableRandom random = new SplittableRandom(i);
      Mutation mutation = MUTATIONS.get(random.nextInt(MUTATIONS.size()));
      Files.write(file, mutation.apply(sound.clone(), random.nextInt(sound.length), random));
      try {
        assertThat(reading.read().toString()).isNotBlank();
        read++;
      } catch (VerydeepException e) {
        assertThat(e.getMessage()).contains(" ").endsWith(".");
      }
    }
    assertThat(read).isBetween(1, COUNT - 1);
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "UTF-16"})
  void annotations(String encoding) throws IOException {
    bombard(root.resolve("Annotations/a1.xml"), encoding, () -> BoxedImages.voc(root, "all"));
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "UTF-16"})
  void sets(String encoding) throws IOException {
    bombard(root.resolve("ImageSets/Main/all.txt"), encoding, () -> BoxedImages.voc(root, "all"));
  }

  @Test
  void labelsOfClasses() throws IOException {
    bombard(
        root.resolve("ImageSets/Main/cat_all.txt"),
        "UTF-8",
        () -> MultiLabelImages.voc(root, "all"));
  }

  @Test
  void yolosLabels() throws IOException {
    Path images = image.getParent();
    bombard(
        root.resolve("Annotations/a1.txt"),
        "UTF-8",
        () -> BoxedImages.yolo(images, root.resolve("Annotations"), List.of("cat")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ImageId,PredictionString;ILSVRC2012_val_00000001,n01440764 1 2 3 4",
        "ILSVRC2012_val_00000001.JPEG 65;",
        "ILSVRC2012_val_00000001.JPEG n01440764;",
        "n01440764;"
      })
  void groundTruths(String text) throws IOException {
    Path folder = Files.createDirectories(root.resolve("val"));
    Files.move(image, folder.resolve("ILSVRC2012_val_00000001.JPEG"));
    Path file = root.resolve("truth.txt");
    Files.writeString(file, text.replace(';', '\n'), StandardCharsets.UTF_8);
    bombard(file, "UTF-8", () -> Ilsvrc.validation(folder, file));
  }
}
