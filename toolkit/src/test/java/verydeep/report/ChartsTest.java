package verydeep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.VerydeepException;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.ErrorRates;
import verydeep.evaluation.Evaluation;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Style;
import verydeep.network.Configuration;
import verydeep.network.Vgg;
import verydeep.training.Epoch;

class ChartsTest {

  private static final String LONG = "a class of things with a name that no axis has room for";

  @Test
  void networks() throws IOException {
    Vgg[] all =
        Arrays.stream(Configuration.values()).map(c -> Vgg.of(c).build()).toArray(Vgg[]::new);
    Vgg small = Vgg.of(Configuration.A).width(0.25).input(64).classes(10).batchNorm(true).build();
    Vgg features = Vgg.of(Configuration.D).convolutionsOnly().build();

    for (Vgg[] networks : new Vgg[][] {all, {small, small}, {features}}) {
      check(Charts.parameters(networks));
      check(Charts.cost(networks));
      check(Charts.depth(networks));
      check(Charts.receptiveFields(networks));
    }
    assertThatThrownBy(Charts::parameters)
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("at least one network");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 12})
  void learningCurves(int epochs) throws IOException {
    check(Charts.learningCurves(Samples.epochs(epochs)));
  }

  @Test
  void learningCurvesOfAPerfectAndADivergedNetwork() throws IOException {
    ErrorRate zero = new ErrorRate(0, 50);
    ErrorRates none = ErrorRates.of(zero, zero);
    check(
        Charts.learningCurves(
            List.of(
                new Epoch(1, 0.01, 0, none, none, 1, 0),
                new Epoch(2, 0.01, Double.NaN, none, none, 1, 0))));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 30, 60, 300})
  void confusion(int classes) throws IOException {
    check(
        Charts.confusion(
            Samples.test("VGG A", "dense, Q=64", Samples.classes(classes), 2 * classes)));
  }

  @Test
  void confusionWithALongNameAndAClassWithoutImages() throws IOException {
    Evaluation test = Samples.test(LONG, LONG, List.of("a", LONG, "c", "d"), 2);

    Figure figure = Charts.confusion(test);

    check(figure);
    assertThat(figure.toString()).hasSizeLessThan(81);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 25})
  void errors(int tests) throws IOException {
    List<Evaluation> all = new ArrayList<>();
    for (int i = 0; i < tests; i++) {
      all.add(Samples.test().named(i == 1 ? LONG + LONG : "linear SVM on pool5 of D, Q=96"));
    }
    check(Charts.errors(all));
    check(Charts.errors(all.toArray(Evaluation[]::new)));
  }

  @Test
  void aLongNameOfATestTakesTwoLinesAndIsWhole() {
    Canvas measure = new Canvas(1);
    String text =
        "VGG A, width 0.25 & VGG D, width 0.25, dense & multi-crop 5x5, Q=64,80,96, flipped";

    List<String> lines = measure.inTwoLines(text, Style.TEXT, 340);

    assertThat(lines).hasSize(2);
    assertThat(String.join(" ", lines)).isEqualTo(text);
    assertThat(lines).allMatch(line -> measure.width(line, Style.TEXT) <= 340);
    assertThat(measure.inTwoLines("short", Style.TEXT, 340)).containsExactly("short");
    assertThat(measure.inTwoLines("x".repeat(200), Style.TEXT, 340)).hasSize(1);
    assertThat(measure.inTwoLines(text.repeat(3), Style.TEXT, 340).get(1)).contains("…");
  }

  @Test
  void errorsNeedATest() {
    assertThatThrownBy(Charts::errors).isInstanceOf(VerydeepException.class);
    assertThatThrownBy(Charts::errorsByScale).isInstanceOf(VerydeepException.class);
  }

  @Test
  void errorsByScaleDrawsTheScalesOfTests() throws IOException {
    check(
        Charts.errorsByScale(
            scaled(View.dense(), true, 64),
            scaled(View.dense(), true, 96),
            scaled(View.dense(), true, 80),
            scaled(View.centerCrop(), false, 80),
            scaled(View.dense(), true, 64, 80, 96)));
    check(Charts.errorsByScale(scaled(View.dense(), false, 256)));
    check(Charts.errorsByScale(scaled(View.dense(), false, 256, 384, 512)));
    assertThatThrownBy(
            () -> Charts.errorsByScale(Samples.test("n", "whole", Samples.classes(2), 4)))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("whole\"", "not made at a scale");
  }

  @Test
  void aMeanKnowsItsViewsAlsoWhenItWasWritten(@TempDir Path folder) throws IOException {
    Evaluation whole = scaled(View.dense(), true, 64, 80);
    Evaluation mean = Evaluation.mean(whole, scaled(View.multiCrop(), true, 64, 80));

    Evaluation read = Evaluation.read(mean.write(folder.resolve("mean.safetensors")));

    assertThat(mean.views()).isEmpty();
    assertThat(read.views()).isEmpty();
    assertThat(read.allViews())
        .containsExactly(
            new TestViews(View.dense(), List.of(64, 80), true),
            new TestViews(View.multiCrop(), List.of(64, 80), true));
    assertThat(Charts.errorsByScale(read).png()).isEqualTo(Charts.errorsByScale(mean).png());
    assertThat(Evaluation.mean(whole, whole.named("again")).views()).isEqualTo(whole.views());
    Evaluation words = Samples.test("VGG A", "whole", whole.classes(), 30);
    assertThat(Evaluation.mean(whole, words).allViews()).isEmpty();
  }

  /** Each test has an entry in the legend, which is how high the chart becomes. */
  @Test
  void noTestOverSeveralScalesIsHiddenByAnotherOfItsName() throws IOException {
    Evaluation wide = scaled(View.dense(), true, 64, 80, 96);
    Evaluation crops = scaled(View.multiCrop(), true, 64, 80, 96);
    Evaluation both = Evaluation.mean(wide, crops);
    Figure three = Charts.errorsByScale(wide, crops, both);
    check(three);
    Figure seven = Charts.errorsByScale(wide, wide, wide, wide, crops, both, both);
    check(seven);
    assertThat(seven.height()).isGreaterThan(three.height());
    assertThatThrownBy(
            () -> Charts.errorsByScale(Evaluation.mean(wide, scaled(View.centerCrop(), false, 80))))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("at the same scales");
  }

  @Test
  void ofAThousandClassesTheMostConfusedHaveNames() throws IOException {
    Evaluation test = Samples.test("VGG D", "dense", Samples.classes(1000), 3000);
    check(Charts.confusion(Samples.test("VGG D", "dense", Samples.classes(600), 3000)));
    check(Charts.confusion(test, 30));
    assertThat(Charts.confusion(test, 30).png()).isNotEqualTo(Charts.confusion(test).png());
  }

  @Test
  void chartsLookAlikeInEveryLocale() {
    Locale before = Locale.getDefault();
    byte[] expected = Charts.learningCurves(Samples.epochs(5)).png();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(Charts.learningCurves(Samples.epochs(5)).png()).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Evaluation scaled(View view, boolean flipped, Integer... scales) {
    Evaluation test = Samples.test("VGG A", "", Samples.classes(3), 30);
    TestViews views = new TestViews(view, List.of(scales), flipped);
    return new Evaluation(test.name(), views, test.classes(), test.predictions(), 1);
  }

  /** Complete, of its size, small, with a margin that nothing runs into. */
  static void check(Figure figure) throws IOException {
    byte[] png = figure.png();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(png.length).isLessThan(150_000);
    assertThat(image.getWidth()).isEqualTo(figure.width()).isBetween(400, 2200);
    assertThat(image.getHeight()).isEqualTo(figure.height()).isBetween(200, 2200);
    for (int y = 0; y < image.getHeight(); y++) {
      assertThat(image.getRGB(0, y)).isEqualTo(0xffffffff);
      assertThat(image.getRGB(image.getWidth() - 1, y)).isEqualTo(0xffffffff);
    }
    for (int x = 0; x < image.getWidth(); x++) {
      assertThat(image.getRGB(x, 0)).isEqualTo(0xffffffff);
      assertThat(image.getRGB(x, image.getHeight() - 1)).isEqualTo(0xffffffff);
    }
  }
}
