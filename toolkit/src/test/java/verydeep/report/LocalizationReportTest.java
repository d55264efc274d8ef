package verydeep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import verydeep.VerydeepException;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.UnreadableImageException;
import verydeep.localization.BoxMerging;
import verydeep.localization.Localization;
import verydeep.localization.LocalizedImage;

/** Tables and images of made-up guesses at real cells. */
class LocalizationReportTest {

  private static final List<String> CLASSES = List.of("WBC", "RBC");
  private static BoxedImages photos;

  @TempDir private Path folder;

  @BeforeAll
  static void read() {
    photos = BoxedImages.voc("../datasets/bccd", "test").only("WBC").some(12, 3);
  }

  @Test
  void tableOfTests() {
    Localization test = test("SCR, fc layers", 10, photos);
    Table table = Tables.of(test, test.guesses(1).named("one guess"));

    assertThat(table.rowCount()).isEqualTo(2);
    assertThat(Tables.text(table)).contains("SCR, fc layers", "one guess", "41.7", "0.469");
    assertThat(table.doubleColumn("error %").get(0)).isEqualTo(100 * test.error().value());
  }

  @Test
  void besideThePaper() {
    Table table = Tables.beside(PaperResults.table8(), test("SCR, fc layers", 10, photos));

    assertThat(table.rowCount()).isEqualTo(4);
    assertThat(table.stringColumn("whose").asList())
        .containsExactly("Table 8", "Table 8", "Table 8", "ours");
    assertThat(Tables.text(table)).contains("36.4", "34.3", "33.1", "center crop, best of 5");
    assertThat(Tables.beside(PaperResults.table9(), new Localization[0]).rowCount()).isEqualTo(4);
  }

  @Test
  void sheetOfBoxes() {
    Figure sheet = Pictures.boxes(test("SCR", 10, photos), 8);

    assertThat(sheet.png()).isEqualTo(Pictures.boxes(test("SCR", 10, photos), 8).png());
    assertThat(sheet.png()).isNotEqualTo(Pictures.boxes(test("SCR", 20, photos), 8).png());
    assertThat(sheet.height()).isGreaterThan(Pictures.boxes(test("SCR", 10, photos), 4).height());
    assertThatThrownBy(() -> Pictures.boxes(test("SCR", 10, photos), 0))
        .isInstanceOf(VerydeepException.class);
  }

  @Test
  void sheetOfTheDataItself() {
    Figure sheet = Pictures.boxes(photos, 5, 1);

    assertThat(sheet.title()).isEqualTo("Images and the boxes in them");
    assertThat(sheet.png()).isNotEqualTo(Pictures.boxes(photos, 5, 2).png());
    assertThat(Pictures.boxes(photos, 100, 1).height()).isGreaterThan(sheet.height());
  }

  @Test
  void boxesBeforeAndAfterMerging() {
    AnnotatedImage photo = photos.annotated(0);
    List<BoundingBox> truths = photo.boxes("WBC");
    List<BoxMerging.MergedBox> before = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 20; i++) {
      BoundingBox box = moved(truths.get(0), random, 12);
      before.add(new BoxMerging.MergedBox(0, box, random.nextDouble(), 1));
    }
    List<BoxMerging.MergedBox> after = List.of(new BoxMerging.MergedBox(0, truths.get(0), 9.5, 20));

    Figure figure = Pictures.merging(photo.file(), truths, before, after);

    assertThat(figure.title()).isEqualTo("Boxes before and after merging");
    assertThat(Pictures.merging(photo.file(), truths, List.of(), List.of()).png()).isNotEmpty();
    assertThatThrownBy(() -> Pictures.merging(folder.resolve("no.jpg"), truths, before, after))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining("no.jpg");
  }

  @Test
  void accuracyOverIou() {
    Figure chart = Charts.accuracyOverIou(test("SCR", 4, photos), test("PCR", 16, photos));

    assertThat(chart.png()).isNotEqualTo(Charts.accuracyOverIou(test("SCR", 4, photos)).png());
    assertThatThrownBy(Charts::accuracyOverIou)
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("at least one test");
  }

  /** Guesses off by some pixels, each fifth of another class. */
  static Localization test(String name, double off, BoxedImages photos) {
    SplittableRandom random = new SplittableRandom(1);
    List<LocalizedImage> images = new ArrayList<>();
    for (int i = 0; i < photos.size(); i++) {
      List<BoundingBox> truths = photos.annotated(i).boxes("WBC");
      BoundingBox box = moved(truths.get(0), random, off);
      LocalizedImage.Guess guess =
          new LocalizedImage.Guess(i % 5 == 4 ? 1 : 0, box, random.nextDouble());
      images.add(
          new LocalizedImage(
              photos.annotated(i).file(), 0, truths, i == 0 ? List.of() : List.of(guess)));
    }
    return new Localization(name, "center crop", CLASSES, images, 1);
  }

  private static BoundingBox moved(BoundingBox box, SplittableRandom random, double off) {
    return BoundingBox.centered(
        box.centerX() + random.nextDouble(-3, 3) * off,
        box.centerY() + random.nextDouble(-1, 1) * off,
        box.width() * random.nextDouble(0.8, 1.3),
        box.height() * random.nextDouble(0.8, 1.3));
  }
}
