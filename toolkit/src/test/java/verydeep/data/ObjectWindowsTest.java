package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;

/** Blood cells, cut out one by one. */
class ObjectWindowsTest {

  @TempDir private Path folder;
  private static BoxedImages photos;

  @BeforeAll
  static void read() {
    photos = BoxedImages.voc("../datasets/bccd", "test").some(24, 1);
  }

  @Test
  void oneCellASquare() {
    BoxedImages cells = ObjectWindows.of(photos).most(20).side(64).run(folder);

    assertThat(cells.classes()).containsExactly("Platelets", "RBC", "WBC");
    assertThat(cells.counts()[1]).isEqualTo(20);
    assertThat(cells.counts()[2]).isBetween(5, 20);
    assertThat(cells.flaws()).isEmpty();
    for (int i = 0; i < cells.size(); i++) {
      AnnotatedImage cell = cells.annotated(i);
      assertThat(cell.objects()).hasSize(1);
      BoundingBox box = cell.objects().get(0).box();
      assertThat(64 / Math.max(box.width(), box.height())).isBetween(1.09, 2.6);
      assertThat(cells.image(i)).hasToString("RgbImage of 64 x 64 pixels");
    }
    assertThat(cells.images().counts()).isEqualTo(cells.counts());
  }

  @Test
  void imagesWithoutAnExtensionInTheirNamesAreCropped() throws IOException {
    BoxedImages drawn = drawn(new BoundingBox(10, 10, 30, 30));
    AnnotatedImage image = drawn.annotated(0);
    byte[] content = Files.readAllBytes(image.file());
    ImageBytes source = name -> content;
    AnnotatedImage named =
        new AnnotatedImage(source.file("17"), image.width(), image.height(), image.objects());

    BoxedImages squares =
        ObjectWindows.of(BoxedImages.of(drawn.classes(), List.of(named))).side(40).run(folder);

    assertThat(squares.annotated(0).file().getFileName()).hasToString("17-0.png");
  }

  /** A drawn photo: two cells far from each other, and two too close for separate squares. */
  @Test
  void keepsOthersOut() throws IOException {
    BoundingBox alone = new BoundingBox(10, 10, 30, 30);
    BoundingBox shut = new BoundingBox(100, 40, 120, 60);
    BoundingBox within = new BoundingBox(101, 41, 119, 59);
    BoxedImages drawn = drawn(alone, shut, within);

    BoxedImages squares = ObjectWindows.of(drawn).sizes(1.5, 2).side(40).run(folder);

    assertThat(squares.size()).isEqualTo(1);
    BoundingBox box = squares.annotated(0).boxes("cell").get(0);
    assertThat(box.width()).isBetween(20.0, 40 / 1.5).isCloseTo(box.height(), within(1e-9));
    assertThat(brightness(squares.image(0), box)).isGreaterThan(200);
  }

  @Test
  void sameSeedSameFiles() throws IOException {
    ObjectWindows windows = ObjectWindows.of(photos).most(3).seed(5);
    BoxedImages first = windows.run(folder.resolve("a"));
    BoxedImages second = windows.run(folder.resolve("b"));
    BoxedImages other = windows.seed(6).run(folder.resolve("c"));

    assertThat(first.fingerprint()).isEqualTo(second.fingerprint());
    assertThat(first.fingerprint()).isNotEqualTo(other.fingerprint());
    assertThat(Files.readAllBytes(first.annotated(4).file()))
        .isEqualTo(Files.readAllBytes(second.annotated(4).file()));
  }

  @Test
  void namesWhatItCannotDo() throws IOException {
    BoundingBox wide = new BoundingBox(1, 1, 159, 70);
    ObjectWindows none = ObjectWindows.of(drawn(wide));

    assertThatThrownBy(() -> none.run(folder))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("No object can be cropped alone");
    assertThatThrownBy(() -> none.sizes(0.9, 2)).hasMessageContaining("0.9 to 2");
    assertThatThrownBy(() -> none.most(0)).hasMessageContaining("is 0");
    assertThatThrownBy(() -> none.side(0)).hasMessageContaining("is 0");
  }

  @Test
  void theTreeIsReadBackInALocaleOfOtherDigits() throws IOException {
    BoxedImages drawn = drawn(new BoundingBox(10, 10, 30, 30));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      BoxedImages squares = ObjectWindows.of(drawn).side(40).run(folder);
      assertThat(squares.annotated(0).width()).isEqualTo(40);
      assertThat(squares.annotated(0).boxes("cell")).hasSize(1);
    } finally {
      Locale.setDefault(before);
    }
  }

  /** A name that needs no change is kept, though another image's changed name comes first. */
  @Test
  void namesThatAVocTreeCannotListAreChangedAndStayUnique() throws IOException {
    BoxedImages drawn = drawn(new BoundingBox(10, 10, 30, 30));
    byte[] content = Files.readAllBytes(drawn.annotated(0).file());
    List<String> names =
        List.of(
            "my photo.png", "my_photo.png", "my\tphoto.png", ".a:b.png", "x".repeat(250), "ä 1");

    BoxedImages squares =
        ObjectWindows.of(named(drawn, content, names)).side(40).run(folder.resolve("tree"));

    assertThat(squares.images().size()).isEqualTo(names.size());
    assertThat(IntStream.range(0, names.size()).mapToObj(squares::annotated))
        .extracting(square -> square.file().getFileName().toString())
        .containsExactly(
            "my_photo_2-0.png",
            "my_photo-0.png",
            "my_photo_3-0.png",
            "_a_b-0.png",
            "x".repeat(180) + "-0.png",
            "ä_1-0.png");
  }

  @Test
  void aRunThatFailsHalfwayLeavesNoListOfAMixture() throws IOException {
    BoxedImages drawn = drawn(new BoundingBox(10, 10, 30, 30));
    byte[] content = Files.readAllBytes(drawn.annotated(0).file());
    Path tree = folder.resolve("tree");
    ObjectWindows.of(named(drawn, content, List.of("a.png", "b.png"))).run(tree);
    assertThat(BoxedImages.voc(tree, "all").size()).isEqualTo(2);

    BoxedImages damaged =
        BoxedImages.of(
            drawn.classes(),
            List.of(
                named(drawn, content, List.of("a.png")).annotated(0),
                named(drawn, new byte[9], List.of("b.png")).annotated(0)));
    assertThatThrownBy(() -> ObjectWindows.of(damaged).seed(1).run(tree))
        .isInstanceOf(UnreadableImageException.class);

    assertThatThrownBy(() -> BoxedImages.voc(tree, "all"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("no set \"all\"");
  }

  /** The first image under other names. */
  private static BoxedImages named(BoxedImages drawn, byte[] content, List<String> names) {
    AnnotatedImage image = drawn.annotated(0);
    ImageBytes source = name -> content;
    return BoxedImages.of(
        drawn.classes(),
        names.stream()
            .map(
                name ->
                    new AnnotatedImage(
                        source.file(name), image.width(), image.height(), image.objects()))
            .toList());
  }

  /** White boxes on black, 160 x 80 pixels. */
  private BoxedImages drawn(BoundingBox... boxes) throws IOException {
    byte[] rgb = new byte[3 * 160 * 80];
    for (BoundingBox box : boxes) {
      for (int y = (int) box.top(); y < box.bottom(); y++) {
        for (int x = (int) box.left(); x < box.right(); x++) {
          int at = 3 * (y * 160 + x);
          rgb[at] = rgb[at + 1] = rgb[at + 2] = (byte) 255;
        }
      }
    }
    Path file = folder.resolve("drawn.png");
    ImageIO.write(RgbImage.of(160, 80, rgb).toBufferedImage(), "png", file.toFile());
    List<AnnotatedImage.Annotation> objects =
        List.of(boxes).stream().map(box -> new AnnotatedImage.Annotation("cell", box)).toList();
    return BoxedImages.of(List.of("cell"), List.of(new AnnotatedImage(file, 160, 80, objects)));
  }

  private static double brightness(RgbImage image, BoundingBox box) {
    long sum = 0;
    int count = 0;
    for (int y = (int) Math.ceil(box.top()); y < Math.floor(box.bottom()); y++) {
      for (int x = (int) Math.ceil(box.left()); x < Math.floor(box.right()); x++) {
        sum += image.red(x, y);
        count++;
      }
    }
    return (double) sum / count;
  }
}
