package verydeep.localization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static verydeep.network.Configuration.A;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.Split;
import verydeep.data.TrainingScale;
import verydeep.drawn.DrawnBoxes;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.training.Progress;
import verydeep.training.Recipe;
import verydeep.training.Training;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Narrow nets that learn where a drawn shape is. */
class LocalizerTest {

  private static final Recipe ONE_EPOCH = Recipe.paper().batch(16).rate(1e-3).epochs(1);

  @TempDir static Path temp;
  private static Split<BoxedImages> few;

  @BeforeAll
  static void draw() {
    few =
        new Split<>(
            DrawnBoxes.shapes(temp.resolve("few"), 48, 40, 1),
            DrawnBoxes.shapes(temp.resolve("fewer"), 16, 40, 2));
  }

  private static Vgg net() {
    return Vgg.of(A).width(1 / 16.0).input(32).classes(4).build();
  }

  private static Checkpoint checkpoint(Vgg network) {
    List<String> classes =
        IntStream.range(0, network.classes()).mapToObj(i -> "class " + i).toList();
    return Checkpoint.of(
        Parameters.initial(network, 7),
        classes,
        Preprocessing.paper(new Rgb(120, 120, 120)),
        Provenance.unknown());
  }

  private static LocalizerBuilder quick(Checkpoint start) {
    return Localizer.from(start, few).recipe(ONE_EPOCH).training(t -> t.quiet());
  }

  private static Progress afterOneStep() {
    return new Progress() {
      @Override
      public void step(Progress.Step step) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Test
  @Timeout(120)
  void ofUnseenImagesNineteenInTwentyAreRight() {
    Split<BoxedImages> shapes =
        new Split<>(
            DrawnBoxes.shapes(temp.resolve("training"), 1000, 64, 1),
            DrawnBoxes.shapes(temp.resolve("validation"), 100, 64, 2));
    BoxedImages unseen = DrawnBoxes.shapes(temp.resolve("unseen"), 400, 64, 3);
    Vgg net = Vgg.of(A).width(1 / 8.0).input(64).dropout(0).build();
    Training run =
        Localizer.of(net, shapes)
            .single()
            .scale(TrainingScale.fixed(64))
            .recipe(Recipe.paper().batch(16).rate(1e-3).epochs(15))
            .training(t -> t.quiet())
            .run();
    Localization test = Localizer.of(run.best()).test(unseen);
    assertThat(test.images()).hasSize(400);
    assertThat(test.error().value()).as("%s", test).isLessThanOrEqualTo(0.05);
    assertThat(run.epochs().get(run.bestEpoch() - 1).validation().top1().value())
        .isLessThanOrEqualTo(0.06);
  }

  @Test
  void theConvolutionsStayAndTheLastLayerIsDrawnAlsoIfItWouldFit() {
    Checkpoint start = checkpoint(net());
    Recipe still = ONE_EPOCH.rate(1e-12);
    Parameters drawn = quick(start).single().recipe(still).run().last().parameters();
    assertThat(drawn.get("fc8.weight").sizes())
        .isEqualTo(start.parameters().get("fc8.weight").sizes());
    assertThat(drawn.get("fc8.weight").toArray())
        .isNotEqualTo(start.parameters().get("fc8.weight").toArray());
    Parameters after = quick(start).single().fullyConnectedOnly().run().last().parameters();
    for (String name : after.names()) {
      float[] before = start.parameters().get(name).toArray();
      if (name.startsWith("conv")) {
        assertThat(after.get(name).toArray()).as(name).isEqualTo(before);
      } else {
        assertThat(after.get(name).toArray()).as(name).isNotEqualTo(before);
      }
    }
  }

  @Test
  void beforeItHasLearnedItSaysTheMeanBoxUnlessToldOtherwise() {
    Recipe still = ONE_EPOCH.rate(1e-12);
    float[] mean = new float[4];
    for (int i = 0; i < few.training().size(); i++) {
      // images of 40 pixels at S=37, of which the crop is the 32 in the middle
      BoundingBox box =
          few.training().annotated(i).objects().get(0).box().scaled(37 / 40.0, 37 / 40.0);
      BoundingBox seen = box.translated(-2, -2).clip(32, 32);
      float[] numbers = {
        (float) seen.centerX(), (float) seen.centerY(), (float) seen.width(), (float) seen.height()
      };
      for (int k = 0; k < 4; k++) {
        mean[k] += numbers[k] / 32 / few.training().size();
      }
    }
    Checkpoint start = checkpoint(net());
    float[] biases = quick(start).recipe(still).run().last().parameters().get("fc8.bias").toArray();
    for (int i = 0; i < 8; i++) {
      assertThat(biases[i]).isCloseTo(mean[i % 4], within(0.02f));
    }
    BoxTarget nowhere = new BoxTarget(0, 0, 0, 0);
    float[] zeros =
        quick(start)
            .recipe(still)
            .firstBox(nowhere)
            .run()
            .last()
            .parameters()
            .get("fc8.bias")
            .toArray();
    for (float zero : zeros) {
      assertThat(zero).isCloseTo(0, within(1e-6f));
    }
  }

  @Test
  void allLayersLearnUnlessToldOtherwiseAtTheRateOfThePaper() {
    Checkpoint start = checkpoint(net());
    Training run = Localizer.from(start, few).training(t -> t.progress(afterOneStep())).run();
    assertThat(run.recipe()).isEqualTo(Recipe.paper().rate(1e-3));
    assertThat(run.last().classNames())
        .containsExactly(
            "disc x",
            "disc y",
            "disc width",
            "disc height",
            "square x",
            "square y",
            "square width",
            "square height");
    assertThat(run.last().parameters().get("conv1_1.weight").toArray())
        .isNotEqualTo(start.parameters().get("conv1_1.weight").toArray());
    assertThat(run.last().preprocessing()).isEqualTo(start.preprocessing());
  }

  @Test
  void convolutionsAloneGetFullyConnectedLayersOfAnyWidth() {
    Checkpoint start = checkpoint(net().with().convolutionsOnly().build());
    Training run = quick(start).units(20).run();
    assertThat(run.toString()).contains("best epoch 1: error ").doesNotContain("top-");
    assertThat(run.network().units()).isEqualTo(20);
    assertThat(run.network().classes()).isEqualTo(8);
    Parameters frozen = quick(start).units(20).fullyConnectedOnly().run().last().parameters();
    assertThat(frozen.get("conv5_2.weight").toArray())
        .isEqualTo(start.parameters().get("conv5_2.weight").toArray());
  }

  @Test
  void aLocalizerIsWrittenAndReadAndSaysTheSame() {
    Checkpoint trained = quick(checkpoint(net())).run().last();
    String file = temp.resolve("localizer.safetensors").toString();
    trained.write(file);
    Localizer read = Localizer.read(file);
    assertThat(read.regression()).isEqualTo(BoxRegression.perClass(List.of("disc", "square")));
    Localization test = read.test(few.validation());
    assertThat(test.images()).isEqualTo(Localizer.of(trained).test(few.validation()).images());
    assertThat(test.images()).allSatisfy(p -> assertThat(p.guesses()).hasSize(1));
    assertThat(test.protocol()).isEqualTo("true class, center crop, Q=37");
    assertThat(read.toString()).startsWith("VGG A, width 0.0625, per-class boxes\n");
  }

  @Test
  void aTrainingThatWasKeptGoesOnAndGivesTheSameBits() {
    String folder = temp.resolve("kept").toString();
    Recipe two = ONE_EPOCH.epochs(2);
    Checkpoint start = checkpoint(net());
    quick(start).training(t -> t.folder(folder)).run();
    Parameters gone =
        quick(start).recipe(two).training(t -> t.folder(folder)).run().last().parameters();
    Parameters whole = quick(start).recipe(two).run().last().parameters();
    for (String name : whole.names()) {
      assertThat(gone.get(name).toArray()).as(name).isEqualTo(whole.get(name).toArray());
    }
    assertThatThrownBy(() -> quick(start).single().training(t -> t.folder(folder)).run())
        .isInstanceOf(VerydeepException.class);
  }

  /** The same files, with annotations for images of twice the size. */
  private static BoxedImages ofTwiceTheSize(BoxedImages images) {
    List<AnnotatedImage> larger =
        IntStream.range(0, images.size())
            .mapToObj(images::annotated)
            .map(p -> new AnnotatedImage(p.file(), 80, 80, p.objects()))
            .toList();
    return BoxedImages.of(images.classes(), larger);
  }

  @Test
  void imagesOfAnotherSizeThanTheirAnnotationsAreRefused() {
    String why = "0.png has 40 x 40 pixels, but its annotation is for an image of 80 x 80.";
    BoxedImages larger = ofTwiceTheSize(few.validation());
    BoxedImages known = few.training();
    for (Split<BoxedImages> data :
        List.of(new Split<>(larger, known), new Split<>(known, larger))) {
      LocalizerBuilder training =
          Localizer.from(checkpoint(net()), data).recipe(ONE_EPOCH).training(t -> t.quiet());
      assertThatThrownBy(training::run)
          .isInstanceOf(VerydeepException.class)
          .hasMessageContainingAll("pixels, but its annotation is for an image of 80 x 80.");
    }
    Localizer localizer = Localizer.of(quick(checkpoint(net())).run().last());
    assertThatThrownBy(() -> localizer.test(larger))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aFileThatAppearsTwiceIsRefusedBeforeAnyImageIsSeen() {
    Localizer localizer = Localizer.of(quick(checkpoint(net())).run().last());
    BoundingBox box = new BoundingBox(1, 1, 9, 9);
    AnnotatedImage.Annotation disc = new AnnotatedImage.Annotation("disc", box);
    AnnotatedImage image =
        new AnnotatedImage(temp.resolve("missing.png"), 40, 40, List.of(disc, disc));
    BoxedImages twice = BoxedImages.of(List.of("disc", "square"), List.of(image)).eachObject();
    assertThatThrownBy(() -> localizer.test(twice))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll(
            "missing.png appears twice in 2 images", "all its objects", "not their eachObject()");
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    Checkpoint classifier = checkpoint(net());
    assertThatThrownBy(() -> Localizer.of(classifier))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("does not predict boxes", "x, y, width, height", "class 0");
    BoxedImages two =
        BoxedImages.of(
            List.of("disc", "square"),
            List.of(
                new AnnotatedImage(
                    few.training().annotated(0).file(),
                    40,
                    40,
                    List.of(
                        new AnnotatedImage.Annotation("disc", new BoundingBox(1, 1, 9, 9)),
                        new AnnotatedImage.Annotation("square", new BoundingBox(11, 1, 29, 9))))));
    assertThatThrownBy(() -> Localizer.from(classifier, new Split<>(few.training(), two)).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("0.png", "disc, square", "one class");
    Localizer discs =
        Localizer.of(
            Localizer.from(
                    classifier,
                    new Split<>(few.training().only("disc"), few.validation().only("disc")))
                .recipe(ONE_EPOCH)
                .training(t -> t.quiet())
                .run()
                .last());
    assertThatThrownBy(() -> discs.test(few.validation()))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("\"square\"", "[disc]");
    assertThatThrownBy(() -> discs.test(few.validation().only("disc"), 20))
        .hasMessageContainingAll("20", "32");
  }
}
