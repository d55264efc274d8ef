package verydeep.localization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.data.TrainingScale;
import verydeep.drawn.DrawnBoxes;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Nets that say the same of every window, so that all boxes are known; and of one window. */
class DenseLocalizerTest {

  private static final List<String> CLASSES = List.of("disc", "square");

  @TempDir static Path temp;
  private static BoxedImages images;

  @BeforeAll
  static void draw() {
    images = DrawnBoxes.shapes(temp, 12, 64, 1);
  }

  /** All outputs are the biases of the last layer; null for those that are drawn. */
  private static Checkpoint net(List<String> outputs, int input, float... biases) {
    Vgg network =
        Vgg.of(Configuration.A).width(1 / 32.0).input(input).classes(outputs.size()).build();
    Parameters drawn = Parameters.initial(network, outputs.size());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterShape shape : network.parameterShapes()) {
      boolean last = shape.layer().equals("fc8") && biases.length > 0;
      float[] values = biases;
      if (shape.name().equals("fc8.weight")) {
        values = new float[Math.toIntExact(shape.size())];
      }
      tensors.put(shape.name(), last ? Tensor.of(shape.sizes(), values) : drawn.get(shape.name()));
    }
    Preprocessing gray = Preprocessing.paper(new Rgb(120, 120, 120));
    return Checkpoint.of(Parameters.of(network, tensors), outputs, gray, Provenance.unknown())
        .withTrainingScale(TrainingScale.fixed(input));
  }

  private static Localizer single(float... box) {
    return Localizer.of(net(BoxRegression.single().outputs(), 64, box));
  }

  private static RgbImage gray(int width, int height) {
    return RgbImage.of(width, height, new byte[3 * width * height]);
  }

  @Test
  void eachPlaceSeesItsOwnWindowOfTheImage() {
    Checkpoint classifier = net(CLASSES, 64, 0, (float) Math.log(3));
    Localizer localizer = single(0.5f, 0.25f, 0.5f, 0.25f);
    DenseLocalizer dense = DenseLocalizer.of(classifier, localizer).scales(96, 192);
    List<BoxMerging.BoxMap> views = dense.views(gray(128, 96));
    assertThat(views).hasSize(2);
    BoxMerging.BoxMap once = views.get(0);
    assertThat(once.places()).isEqualTo(3 * 2);
    check(once, 0, 16, 8, 48, 24);
    check(once, 2, 80, 8, 112, 24);
    check(once, 4, 48, 40, 80, 56);
    BoxMerging.BoxMap twice = views.get(1);
    assertThat(twice.places()).isEqualTo(7 * 5);
    check(twice, 0, 8, 4, 24, 12);
    check(twice, 34, 96 + 8, 64 + 4, 96 + 24, 64 + 12);
  }

  private static void check(BoxMerging.BoxMap view, int place, double... edges) {
    for (int label = 0; label < 2; label++) {
      BoundingBox box = view.box(place, label);
      assertThat(new double[] {box.left(), box.top(), box.right(), box.bottom()})
          .containsExactly(edges, within(1e-4));
      assertThat(view.score(place, label)).isCloseTo(label == 0 ? 0.25 : 0.75, within(1e-6));
    }
  }

  @Test
  void aClassHasItsOwnBoxAndSeveralNetworksAreUnited() {
    Checkpoint classifier = net(CLASSES, 64, 0, 0);
    // the first class of the localizer is the second of the classifier
    BoxRegression turned = BoxRegression.perClass(List.of("square", "disc"));
    Checkpoint boxes =
        net(turned.outputs(), 64, 0.25f, 0.25f, 0.5f, 0.5f, 0.75f, 0.75f, 0.5f, 0.5f);
    List<BoxMerging.BoxMap> views =
        DenseLocalizer.of(classifier, Localizer.of(boxes), single(0.5f, 0.5f, 1, 1))
            .views(gray(64, 64));
    assertThat(views).hasSize(2);
    assertThat(views.get(0).box(0, 1)).isEqualTo(new BoundingBox(0, 0, 32, 32));
    assertThat(views.get(0).box(0, 0)).isEqualTo(new BoundingBox(32, 32, 64, 64));
    assertThat(views.get(1).box(0, 0)).isEqualTo(new BoundingBox(0, 0, 64, 64));
  }

  @Test
  void ofAFlippedImageTheBoxesAreFlippedBack() {
    Checkpoint classifier = net(CLASSES, 64, 0, 0);
    List<BoxMerging.BoxMap> views =
        DenseLocalizer.of(classifier, single(0.25f, 0.25f, 0.5f, 0.5f))
            .scales(96)
            .flipped()
            .views(gray(150, 96));
    assertThat(views).hasSize(2);
    assertThat(views.get(0).box(1, 0)).isEqualTo(new BoundingBox(32, 0, 64, 32));
    // the second window of the flipped image begins 32 pixels left of the image's right edge
    assertThat(views.get(1).box(1, 0)).isEqualTo(new BoundingBox(86, 0, 118, 32));
  }

  @Test
  void boxesOfSeveralNetworksAreMergedWithEachOther() {
    Checkpoint classifier = net(CLASSES, 64, (float) Math.log(3), 0);
    DenseLocalizer dense =
        DenseLocalizer.of(
            classifier, single(0.5f, 0.5f, 0.5f, 0.5f), single(0.5625f, 0.5f, 0.5f, 0.5f));
    Localization test = dense.quiet().test(images);
    assertThat(test.images())
        .allSatisfy(
            p -> {
              LocalizedImage.Guess guess = p.guesses().get(0);
              assertThat(guess.box()).isEqualTo(new BoundingBox(18, 16, 50, 48));
              assertThat(guess.score()).as("a mean").isCloseTo(0.75, within(1e-6));
            });
    Localization apart = dense.merging(BoxMerging.standard().threshold(0.1)).test(images);
    assertThat(apart.images().get(0).guesses().get(0))
        .satisfies(guess -> assertThat(guess.score()).isCloseTo(0.75, within(1e-6)))
        .satisfies(guess -> assertThat(guess.box()).isEqualTo(new BoundingBox(16, 16, 48, 48)));
    assertThat(test.arithmetic()).isEqualTo("DJL's PyTorch");
  }

  @Test
  void oneClassNeedsNoClassifier() {
    BoxRegression one = BoxRegression.perClass(List.of("disc"));
    Localizer localizer = Localizer.of(net(one.outputs(), 64, 0.5f, 0.5f, 0.5f, 0.5f));
    List<FoundObject> found = DenseLocalizer.of(localizer).scales(96).find(gray(150, 96));
    assertThat(found).hasSize(1);
    assertThat(found.get(0).className()).isEqualTo("disc");
    assertThat(found.get(0).score()).as("a posterior, not a sum of them").isEqualTo(1);
    assertThatThrownBy(() -> DenseLocalizer.of(single(0.5f, 0.5f, 1, 1)))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("needs boxes of one class; this one has one for any class");
  }

  @Test
  void anInterruptEndsATest() {
    DenseLocalizer dense = DenseLocalizer.of(net(CLASSES, 64), single(0.5f, 0.5f, 1, 1));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> dense.test(images)).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void ofImagesAsLargeAsTheWindowTheBoxesAreThoseOfTheCenterCrop() {
    Localizer localizer = Localizer.of(net(BoxRegression.perClass(CLASSES).outputs(), 64));
    Localization dense = DenseLocalizer.of(net(CLASSES, 64), localizer).test(images);
    Localization center = localizer.test(images);
    assertThat(dense.images()).hasSize(12);
    for (int i = 0; i < 12; i++) {
      LocalizedImage seen = dense.images().get(i);
      assertThat(seen.guesses())
          .extracting(LocalizedImage.Guess::label)
          .containsExactlyInAnyOrder(0, 1);
      BoundingBox own =
          seen.guesses().stream().filter(g -> g.label() == seen.label()).findFirst().get().box();
      BoundingBox wanted = center.images().get(i).guesses().get(0).box();
      assertThat(new double[] {own.left(), own.top(), own.right(), own.bottom()})
          .containsExactly(
              new double[] {wanted.left(), wanted.top(), wanted.right(), wanted.bottom()},
              within(1e-2));
    }
    assertThat(dense.protocol()).isEqualTo("dense, Q=64, boxes merged");
  }

  @Test
  void classesAreThoseOfTheClassifierByName() {
    Checkpoint turned = net(List.of("square", "other", "disc"), 64, 0, -9, 1);
    Localization test = DenseLocalizer.of(turned, single(0.5f, 0.5f, 1, 1)).test(images);
    assertThat(test.classes()).containsExactly("square", "other", "disc");
    assertThat(test.images()).extracting(LocalizedImage::label).contains(0, 2).doesNotContain(1);
    assertThat(test.images()).allSatisfy(p -> assertThat(p.guesses().get(0).label()).isEqualTo(2));
    assertThatThrownBy(
            () ->
                DenseLocalizer.of(net(List.of("disc", "cat"), 64), single(0.5f, 0.5f, 1, 1))
                    .test(images))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("square");
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    Checkpoint classifier = net(CLASSES, 64);
    assertThatThrownBy(() -> DenseLocalizer.of(classifier))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("one localizer or more");
    Localizer small = Localizer.of(net(BoxRegression.single().outputs(), 32));
    assertThatThrownBy(() -> DenseLocalizer.of(classifier, small))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("64", "32", "must be equal");
    Localizer cats = Localizer.of(net(BoxRegression.perClass(List.of("cat")).outputs(), 64));
    assertThatThrownBy(() -> DenseLocalizer.of(classifier, cats))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("disc", "cat");
    DenseLocalizer dense = DenseLocalizer.of(classifier, single(0.5f, 0.5f, 1, 1));
    for (int[] wrong : new int[][] {{}, {63}, {128, 0}}) {
      assertThatThrownBy(() -> dense.scales(wrong))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContaining("64 pixels");
    }
  }
}
