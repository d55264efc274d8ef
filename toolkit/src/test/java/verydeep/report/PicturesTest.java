package verydeep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.UnreadableImageException;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;
import verydeep.evaluation.ScoreMap;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Style;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

class PicturesTest {

  @TempDir private Path folder;
  private Images images;

  @BeforeEach
  void photos() throws IOException {
    images = Images.folder(Samples.photos(folder, 3, 5));
  }

  @Test
  void sheetOfPhotos() {
    Figure sheet = Pictures.sheet(images, 9, 7);

    assertThat(sheet.png()).isEqualTo(Pictures.sheet(images, 9, 7).png());
    assertThat(sheet.png().length).isLessThan(150_000);
    assertThat(Pictures.sheet(images, 100, 7).height()).isGreaterThan(sheet.height());
  }

  @Test
  void numbersAreGrayFromTheSmallestToTheLargest() {
    Figure map = Pictures.map(new float[][] {{-1, 0, 1}, {0, 1, -1}});

    int left = 12 + 64;
    int middle = map.height() - 12 - 192;
    assertThat(map.image().getRGB(left, middle) & 0xff).isEqualTo(0);
    assertThat(map.image().getRGB(left + 128, middle) & 0xff).isEqualTo(128);
    assertThat(map.image().getRGB(left + 256, middle) & 0xff).isEqualTo(255);
    assertThat(Pictures.map(new float[][] {{3, 3}}).title()).isEqualTo("Map of numbers");
  }

  @Test
  void aMapOfNoNumbersOrOfRowsThatDifferIsRefused() {
    assertThatThrownBy(() -> Pictures.map(new float[0][0]))
        .isInstanceOf(VerydeepException.class)
        .hasMessage("A map of numbers needs at least one number; none was given.");
    assertThatThrownBy(() -> Pictures.map(new float[][] {{1, 2}, {3}}))
        .isInstanceOf(VerydeepException.class)
        .hasMessage(
            "A map of numbers needs rows of equal length, 1 or more; the first has 2, another 1.");
  }

  @Test
  void sheetOfFewerPhotosThanClasses() {
    assertThat(Pictures.sheet(images, 2, 7).height())
        .isLessThan(Pictures.sheet(images, 9, 7).height());
  }

  @Test
  void namesWithOneLongBeginningCanStillBeToldApart() {
    Canvas canvas = new Canvas(1);
    String one = canvas.name("a very long name of a class with number 11", Style.TEXT, 120);
    String two = canvas.name("a very long name of a class with number 12", Style.TEXT, 120);
    assertThat(one).isNotEqualTo(two).startsWith("a very").contains("…").endsWith("11");
    assertThat(canvas.width(one, Style.TEXT)).isLessThanOrEqualTo(120);
    assertThat(canvas.inTwoLines("x".repeat(300) + "1", Style.TEXT, 200).get(0)).endsWith("1");
  }

  @Test
  void aSynonymThatDoesNotFitIsLeftOut() {
    Canvas canvas = new Canvas(1);
    int room = canvas.width("great white shark", Style.TEXT) + 4;
    assertThat(canvas.name("great white shark, white shark, man-eater", Style.TEXT, room))
        .isEqualTo("great white shark");
    assertThat(canvas.name("Carcharodon carcharias, a very great one", Style.TEXT, 40))
        .startsWith("C")
        .contains("…");
  }

  @Test
  void scoreMap() throws IOException {
    Vgg network = Vgg.of(Configuration.A).width(1 / 64.0).input(32).classes(2).build();
    Checkpoint checkpoint =
        Checkpoint.of(
            Parameters.initial(network, 1),
            List.of("tench, Tinca tinca", "goldfish"),
            Preprocessing.paper(new Rgb(124, 117, 104)),
            Provenance.unknown());
    ScoreMap map = ScoreMap.of(checkpoint, images.image(0), 96);

    Figure figure = Pictures.scoreMap(map, "tench");
    assertThat(figure.title()).isEqualTo("Class score map");
    assertThat(figure.png()).isNotEqualTo(Pictures.scoreMap(map, "goldfish").png());
    assertThatThrownBy(() -> Pictures.scoreMap(map, "shark"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("no class \"shark\"", "\"goldfish\"");
  }

  @Test
  void sheetOfPredictions() {
    Evaluation test = test(true);

    assertThat(Pictures.sheet(test, 4).png()).isEqualTo(Pictures.sheet(test, 4).png());
    assertThat(Pictures.sheet(test, 1).width()).isGreaterThan(400);
    assertThat(Pictures.sheet(test, 1000).height()).isGreaterThan(Pictures.sheet(test, 6).height());
    assertThatThrownBy(() -> Pictures.sheet(test, 0))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("0 were asked for");
  }

  @Test
  void mostConfidentMistakes() {
    assertThat(Pictures.mostConfidentMistakes(test(false), 6).title())
        .isEqualTo("Most confident mistakes");
    assertThat(Pictures.mostConfidentMistakes(test(true), 6).png()).isNotEmpty();
  }

  @Test
  void namesThePhotoThatIsGone() {
    assertThatThrownBy(() -> Pictures.sheet(Samples.test(), 3))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining("photo");
  }

  private Evaluation test(boolean allRight) {
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      int label = images.label(i);
      int said = allRight ? label : (label + i) % 3;
      predictions.add(new Prediction(images.file(i), label, Samples.sureOf(said, 3)));
    }
    return new Evaluation("net", "dense, Q=64", images.classes(), predictions, 1);
  }
}
