package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Boxes drawn on an image's stored pixels, as VOC's are, where EXIF rotates the image. */
class TurnedBoxesTest {

  private static final int WIDTH = 32;
  private static final int HEIGHT = 24;
  private static final BoundingBox DRAWN = new BoundingBox(3, 5, 20, 12);

  @TempDir Path root;

  /**
   * A VOC tree of one image of 32 x 24 stored pixels, possibly annotated for an image of another
   * size.
   */
  private BoxedImages voc(String photo, int width, int height, BoundingBox box) throws IOException {
    Files.createDirectories(root.resolve("ImageSets/Main"));
    Files.createDirectories(root.resolve("Annotations"));
    Files.createDirectories(root.resolve("JPEGImages"));
    Files.writeString(root.resolve("ImageSets/Main/all.txt"), "one\n");
    try (InputStream in = Goldens.class.getResourceAsStream(photo)) {
      Files.write(root.resolve("JPEGImages/one.jpg"), in.readAllBytes());
    }
    Files.writeString(
        root.resolve("Annotations/one.xml"),
        ("<annotation><size><width>%d</width><height>%d</height><depth>3</depth></size>"
                + "<object><name>cat</name><bndbox><xmin>%d</xmin><ymin>%d</ymin>"
                + "<xmax>%d</xmax><ymax>%d</ymax></bndbox></object></annotation>")
            .formatted(
                width,
                height,
                (int) box.left() + 1,
                (int) box.top() + 1,
                (int) box.right(),
                (int) box.bottom()));
    return BoxedImages.voc(root, "all");
  }

  private static byte[] inside(RgbImage image, BoundingBox box) {
    int width = (int) box.width();
    int height = (int) box.height();
    byte[] inside = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < 3 * width; i++) {
        int row = (int) box.top() + y;
        inside[3 * width * y + i] = image.rgb()[3 * (row * image.width() + (int) box.left()) + i];
      }
    }
    return inside;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsInTheBoxIsWhatWasMarked(int exif) throws IOException {
    BoxedImages boxes = voc("exif-" + exif + ".jpg", WIDTH, HEIGHT, DRAWN);
    AnnotatedImage annotated = boxes.annotated(0);
    BoundingBox box = annotated.objects().get(0).box();
    byte[] stored = inside(Goldens.image("exif-1.jpg"), DRAWN);
    Orientation turn = Orientation.of(exif);
    assertThat(inside(annotated.image(), box))
        .isEqualTo(turn.apply((int) DRAWN.width(), (int) DRAWN.height(), stored));
    assertThat(boxes.flaws()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"5", "6", "7", "8"})
  void boxesThatWereDrawnOnTheTurnedPhotoStay(int exif) throws IOException {
    BoundingBox box = new BoundingBox(4, 9, 12, 28);
    AnnotatedImage annotated =
        voc("exif-" + exif + ".jpg", /* width= */ HEIGHT, /* height= */ WIDTH, box).annotated(0);
    assertThat(annotated.objects().get(0).box()).isEqualTo(box);
    assertThat(annotated.image().width()).isEqualTo(HEIGHT);
  }

  @Test
  void exifIsFoundAfterOtherSegmentsAndFilling() throws IOException {
    BoundingBox turned =
        voc("exif-3.jpg", WIDTH, HEIGHT, DRAWN).annotated(0).objects().get(0).box();
    Path photo = root.resolve("JPEGImages/one.jpg");
    byte[] plain = Files.readAllBytes(photo);
    byte[] longer = new byte[plain.length + 60_003];
    longer[0] = plain[0];
    longer[1] = plain[1];
    longer[2] = (byte) 0xFF;
    longer[3] = (byte) 0xE2; // a color profile, say, of 60,000 bytes with its length
    longer[4] = (byte) (60_000 >> 8);
    longer[5] = (byte) 60_000;
    longer[60_004] = (byte) 0xFF; // filling
    System.arraycopy(plain, 2, longer, 60_005, plain.length - 2);
    Files.write(photo, longer);
    assertThat(RgbImage.read(photo).rgb()).isEqualTo(Goldens.image("exif-3.jpg").rgb());
    assertThat(BoxedImages.voc(root, "all").annotated(0).objects().get(0).box())
        .isEqualTo(turned)
        .isNotEqualTo(DRAWN);
  }

  @Test
  void aMissingPhotoIsMissedWhenItIsRead() throws IOException {
    BoxedImages boxes = voc("exif-3.jpg", WIDTH, HEIGHT, DRAWN);
    Files.delete(root.resolve("JPEGImages/one.jpg"));
    assertThat(BoxedImages.voc(root, "all").annotated(0).objects().get(0).box()).isEqualTo(DRAWN);
    assertThat(boxes.size()).isEqualTo(1);
  }

  @Test
  void theCaseIsRedInItsBoxes() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("jshell-scripts"))) {
      folder = folder.getParent();
    }
    Path given = folder.resolveSibling("shared").resolve("cases/voc-exif-180");
    assumeTrue(Files.exists(given), "needs the folder shared/cases beside the repository");
    BoxedImages boxes = BoxedImages.voc(given, "trainval");
    for (int i = 0; i < boxes.size(); i++) {
      BoundingBox box = boxes.annotated(i).objects().get(0).box();
      // JPEG's colors are coarse: at the edge they run into what is beside
      BoundingBox middle =
          new BoundingBox(box.left() + 16, box.top() + 16, box.right() - 16, box.bottom() - 16);
      byte[] inside = inside(boxes.image(i), middle);
      for (int at = 0; at < inside.length; at += 3) {
        assertThat(inside[at] & 0xff).isBetween(196, 204);
        assertThat(inside[at + 1] & 0xff).isLessThan(5);
        assertThat(inside[at + 2] & 0xff).isLessThan(5);
      }
    }
  }
}
