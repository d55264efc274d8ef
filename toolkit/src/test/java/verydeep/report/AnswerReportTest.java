package verydeep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import verydeep.VerydeepException;
import verydeep.classification.Classification;
import verydeep.classification.ClassifiedImages;
import verydeep.classification.Classifier;
import verydeep.data.BoundingBox;
import verydeep.data.ImageFiles;
import verydeep.data.Images;
import verydeep.data.RgbImage;
import verydeep.localization.FoundObject;
import verydeep.transfer.Features;

/** Answers of classifiers as tables and figures. */
class AnswerReportTest {

  @TempDir private Path folder;
  private Images images;

  @BeforeEach
  void photos() throws IOException {
    images = Images.folder(Samples.photos(folder, 3, 5));
  }

  private static Classification answer(RgbImage image, Classification.Kind kind, float... scores) {
    return Classification.of(
        image, "a photo", List.of("cat", "dog", "cow"), scores, kind, "VGG D, dense, Q=256");
  }

  private Classification posterior(float... scores) {
    return answer(images.image(0), Classification.Kind.POSTERIOR, scores);
  }

  @Test
  void anAnswerIsARowOfATable() {
    Table table = Tables.of(posterior(0.2f, 0.7f, 0.1f), posterior(0.9f, 0.1f, 0));
    assertThat(table.columnNames())
        .containsExactly(
            "image",
            "class 1",
            "posterior % 1",
            "class 2",
            "posterior % 2",
            "class 3",
            "posterior % 3");
    assertThat(table.getString(0, "class 1")).isEqualTo("dog");
    assertThat(table.getString(0, "posterior % 1")).isEqualTo("70.0");
    assertThat(table.getString(1, "class 1")).isEqualTo("cat");
  }

  @Test
  void whereAClassifierKnowsFewerClassesCellsAreEmpty() {
    Classification two =
        Classification.of(
            images.image(0),
            "a photo",
            List.of("day", "night"),
            new float[] {0.4f, 0.6f},
            Classification.Kind.POSTERIOR,
            "VGG A, dense, Q=256");
    Table table = Tables.of(two, posterior(0.2f, 0.7f, 0.1f));
    assertThat(table.columnNames()).contains("class 3", "posterior % 3");
    assertThat(table.getString(0, "class 2")).isEqualTo("day");
    assertThat(table.getString(0, "class 3")).isEmpty();
    assertThat(table.getString(0, "posterior % 3")).isEmpty();
    assertThat(table.getString(1, "class 3")).isEqualTo("cow");
    assertThat(table.getString(1, "posterior % 3")).isEqualTo("10.0");
  }

  @Test
  void decisionValuesAreNotCalledPosteriors() {
    Table table =
        Tables.of(answer(images.image(0), Classification.Kind.DECISION_VALUE, -0.5f, 1.25f, 0.25f));
    assertThat(table.columnNames()).contains("decision value 1");
    assertThat(table.getString(0, "decision value 1")).isEqualTo("1.25");
  }

  @Test
  void aFigureHasTheImageAndItsBars() {
    Figure sure = Pictures.of(posterior(0.01f, 0.98f, 0.01f));
    Figure unsure = Pictures.of(posterior(0.3f, 0.4f, 0.3f));
    assertThat(sure.title()).isEqualTo("a photo");
    assertThat(blue(sure.image())).isGreaterThan(2 * blue(unsure.image()));
    Figure decided =
        Pictures.of(
            answer(
                images.image(0),
                Classification.Kind.DECISION_VALUE,
                Float.NEGATIVE_INFINITY,
                -1,
                -2));
    assertThat(blue(decided.image())).isZero();
  }

  private static int blue(BufferedImage image) {
    int blue = 0;
    for (int y = image.getHeight() / 4; y < image.getHeight(); y++) {
      for (int x = image.getWidth() / 2; x < image.getWidth(); x++) {
        blue += (image.getRGB(x, y) & 0xffffff) == 0x0072b2 ? 1 : 0;
      }
    }
    return blue;
  }

  @Test
  void aFolderIsATableASheetAndAFile() {
    ClassifiedImages answers = ClassifiedImages.of(new Fixed(), ImageFiles.of(images)).run();
    assertThat(Tables.of(answers).rowCount()).isEqualTo(images.size());
    assertThat(Tables.counts(answers).getString(0, "class")).isEqualTo("dog");
    StringWriter csv = new StringWriter();
    Tables.of(answers).write().csv(csv);
    assertThat(csv.toString()).startsWith("image,class 1,posterior % 1,");
    assertThat(csv.toString().lines()).hasSize(images.size() + 1);
    assertThat(Pictures.sheet(answers, 100).height())
        .isGreaterThan(Pictures.sheet(answers, 2).height());
    assertThatThrownBy(() -> Pictures.sheet(answers, 0)).isInstanceOf(VerydeepException.class);
  }

  @Test
  void boxesAreDrawnWhereTheyWereFound() {
    RgbImage gray = RgbImage.of(100, 50, new byte[15000]);
    List<FoundObject> found =
        List.of(new FoundObject("dog", new BoundingBox(20, 10, 80, 40), 0.9, 4));
    Figure figure = Pictures.found(gray, found);
    assertThat(figure.height()).isGreaterThan(75);
    assertThat(Pictures.found(gray, List.of()).png()).isNotEqualTo(figure.png());
  }

  @Test
  void neighborsFollowTheImageTheyAreLike() {
    List<Features.Neighbor> found = List.of(new Features.Neighbor(1, images.file(1), "cat", 0.5));
    assertThat(Tables.nearest(found).getString(0, "cosine")).isEqualTo("0.500");
    assertThat(Pictures.nearest(images.file(0).toString(), found).title())
        .isEqualTo("Nearest images");
  }

  /** Says dog to everything. */
  private static final class Fixed implements Classifier {
    @Override
    public Classification classify(RgbImage image, String name) {
      return answer(image, kind(), 0.2f, 0.7f, 0.1f);
    }

    @Override
    public List<String> classNames() {
      return List.of("cat", "dog", "cow");
    }

    @Override
    public Classification.Kind kind() {
      return Classification.Kind.POSTERIOR;
    }

    @Override
    public String name() {
      return "fixed";
    }

    @Override
    public String arithmetic() {
      return "none";
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
