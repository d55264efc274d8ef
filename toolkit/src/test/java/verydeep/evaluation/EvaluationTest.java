package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static verydeep.network.Configuration.A;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.data.TrainingScale;
import verydeep.drawn.DrawnImages;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Section 3.2, against a computation by hand from the forward pass's score maps. */
@Timeout(60)
class EvaluationTest {

  private static final Preprocessing PAPER = Preprocessing.paper(new Rgb(120, 110, 100));
  private static final Vgg NET = Vgg.of(A).classes(3).width(1 / 16.0).input(32).build();

  @TempDir static Path root;
  private static Images odd;

  @BeforeAll
  static void draw() {
    odd = DrawnImages.noise(root, 1, 41, 57, 64, 33, 33, 95, 50, 50, 41, 57, 77, 40, 35, 35);
  }

  private static Checkpoint checkpoint(String... classes) {
    return Checkpoint.of(Parameters.initial(NET, 5), List.of(classes), PAPER, Provenance.unknown());
  }

  private static Checkpoint abc() {
    return checkpoint("a", "b", "c");
  }

  private static float[] scores(Prediction prediction) {
    return new float[] {prediction.score(0), prediction.score(1), prediction.score(2)};
  }

  /** Mean over space, then soft-max. */
  private static double[] posterior(ForwardPass pass, RgbImage image) {
    Activations maps =
        pass.run(DrawnImages.pixels(PAPER, List.of(image)), 1, image.height(), image.width());
    int places = maps.shape().height() * maps.shape().width();
    double[] powers = new double[maps.shape().channels()];
    double sum = 0;
    for (int k = 0; k < powers.length; k++) {
      double mean = 0;
      for (int i = 0; i < places; i++) {
        mean += maps.values()[k * places + i] / (double) places;
      }
      powers[k] = Math.exp(mean);
      sum += powers[k];
    }
    for (int k = 0; k < powers.length; k++) {
      powers[k] /= sum;
    }
    return powers;
  }

  @Test
  void denseIsTheMeanOfThePosteriorsOverFlippedImagesAndScales() {
    int[] scales = {32, 47, 70};
    Evaluation test = Evaluation.of(abc(), odd).dense().scales(scales).quiet().run();
    try (ForwardPass pass = DjlForwardPass.of(abc().parameters())) {
      for (int i = 0; i < odd.size(); i++) {
        double[] mean = new double[3];
        for (int scale : scales) {
          RgbImage whole = odd.image(i).rescale(scale);
          for (RgbImage view : List.of(whole, whole.flip())) {
            double[] one = posterior(pass, view);
            for (int k = 0; k < 3; k++) {
              mean[k] += one[k] / 6;
            }
          }
        }
        for (int k = 0; k < 3; k++) {
          assertThat((double) test.predictions().get(i).score(k)).isCloseTo(mean[k], within(1e-6));
        }
      }
    }
    assertThat(test.protocol()).isEqualTo("dense, Q=32,47,70, flipped");
    assertThat(test.predictions()).hasSize(odd.size());
  }

  @Test
  void mirrorImagesCanBeLeftOut() {
    Evaluation test = Evaluation.of(abc(), odd).scales(40).flipped(false).quiet().run();
    try (ForwardPass pass = DjlForwardPass.of(abc().parameters())) {
      for (int i = 0; i < odd.size(); i++) {
        double[] one = posterior(pass, odd.image(i).rescale(40));
        for (int k = 0; k < 3; k++) {
          assertThat((double) test.predictions().get(i).score(k)).isCloseTo(one[k], within(1e-6));
        }
      }
    }
  }

  @Test
  void theCenterCropOfASquareAtTheWindowsSizeIsDenseThere() {
    Images squares = odd.subset(1, 2); // 50x50 and 35x35
    var crop = Evaluation.of(abc(), squares).centerCrop().scales(32).quiet().run();
    var dense = Evaluation.of(abc(), squares).dense().flipped(false).scales(32).quiet().run();
    for (int i = 0; i < 2; i++) {
      assertThat(scores(crop.predictions().get(i)))
          .containsExactly(scores(dense.predictions().get(i)), within(1e-6f));
    }
  }

  @Test
  void posteriorsAddUpToOneAndDiffer() {
    Evaluation test = Evaluation.of(abc(), odd).scales(40).quiet().run();
    for (Prediction p : test.predictions()) {
      assertThat(p.score(0) + p.score(1) + p.score(2)).isCloseTo(1, within(1e-6f));
    }
    assertThat(scores(test.predictions().get(0))).isNotEqualTo(scores(test.predictions().get(1)));
  }

  @Test
  void anImageAloneGivesWhatItGivesAmongOthers() {
    int[] many = IntStream.range(0, 70).map(i -> i * 5 % odd.size()).toArray();
    Evaluation together = Evaluation.of(abc(), odd.subset(many)).scales(36, 48).quiet().run();
    for (int i = 0; i < odd.size(); i++) {
      Evaluation alone = Evaluation.of(abc(), odd.subset(i)).scales(36, 48).quiet().run();
      for (int j = 0; j < many.length; j++) {
        if (many[j] == i) {
          assertThat(scores(together.predictions().get(j)))
              .containsExactly(scores(alone.predictions().get(0)), within(1e-6f));
        }
      }
    }
  }

  @Test
  void predictionsAreInTheOrderOfTheImages() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, odd.size()).boxed().toList());
    Collections.shuffle(order, new Random(1));
    Images images = odd.subset(order.stream().mapToInt(i -> i).toArray());
    Evaluation test = Evaluation.of(abc(), images).scales(40).quiet().run();
    for (int i = 0; i < images.size(); i++) {
      assertThat(test.predictions().get(i).file()).isEqualTo(images.file(i));
      assertThat(test.predictions().get(i).label()).isEqualTo(images.label(i));
    }
  }

  @Test
  void classesAreMatchedByName() {
    Images images = odd.subset(3, 5); // of classes b and c
    Evaluation test = Evaluation.of(checkpoint("c", "a", "b"), images).scales(40).quiet().run();
    assertThat(test.classes()).containsExactly("c", "a", "b");
    assertThat(images.file(0).getParent().getFileName()).hasToString("b");
    assertThat(test.predictions()).extracting(Prediction::label).containsExactly(2, 0);
    assertThat(test.confusion().images(1)).isZero();
  }

  @Test
  void aFolderMayHaveFewerClassesThanTheNetworkKnows(@TempDir Path folder) {
    Images two = DrawnImages.redAndBlue(folder, 1, 1);
    Evaluation test =
        Evaluation.of(checkpoint("red", "green", "blue"), two).scales(40).quiet().run();
    assertThat(test.predictions()).extracting(Prediction::label).containsExactly(2, 0);
  }

  @Test
  void byDefaultItIsDenseAndFlippedAtTheTrainingScale() {
    Checkpoint fixed = abc().withTrainingScale(TrainingScale.fixed(37));
    Evaluation test = Evaluation.of(fixed, odd).quiet().run();
    assertThat(test.protocol()).isEqualTo("dense, Q=37, flipped");
    assertThat(test.name()).startsWith("VGG A");
    assertThat(test.seconds()).isPositive();
  }

  @Test
  void byDefaultAJitteredNetworkIsTestedInTheMiddleOfItsRange() {
    Checkpoint jittered = abc().withTrainingScale(TrainingScale.jittered(32, 64));
    assertThat(Evaluation.of(jittered, odd).centerCrop().quiet().run().protocol())
        .isEqualTo("center crop, Q=48");
  }

  @Test
  void settingsThatSeveralTestsBeginWithStayAsTheyWere() {
    EvaluationBuilder one =
        Evaluation.of(abc().withTrainingScale(TrainingScale.fixed(37)), odd).quiet();
    one.centerCrop().scales(64).flipped(true);
    assertThat(one.scales(50).multiCrop().run().protocol())
        .isEqualTo("multi-crop 5x5, Q=50, flipped");
    assertThat(one.run().protocol()).isEqualTo("dense, Q=37, flipped");
    assertThat(one.run().protocol()).isEqualTo("dense, Q=37, flipped");
  }

  @Test
  void severalScalesLieAroundThatOfTheTraining() {
    EvaluationBuilder fixed =
        Evaluation.of(abc().withTrainingScale(TrainingScale.fixed(40)), odd).quiet();
    assertThat(fixed.multiScale().run().protocol()).isEqualTo("dense, Q=35,40,45, flipped");
    assertThat(fixed.centerCrop().scales(33).run().protocol()).isEqualTo("center crop, Q=33");
    Checkpoint jittered = abc().withTrainingScale(TrainingScale.jittered(32, 64));
    assertThat(Evaluation.of(jittered, odd).multiScale().multiCrop().quiet().run().protocol())
        .isEqualTo("multi-crop 5x5, Q=32,48,64, flipped");
    assertThatThrownBy(() -> Evaluation.of(abc(), odd).multiScale().quiet().run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("scales(...)");
  }

  @Test
  void aTestKnowsAtWhichScaleItsNetworkWasTrained(@TempDir Path folder) {
    TrainingScale fixed = TrainingScale.fixed(40);
    TrainingScale range = TrainingScale.jittered(32, 64);
    Evaluation one = Evaluation.of(abc().withTrainingScale(fixed), odd).quiet().run();
    Evaluation other = Evaluation.of(abc().withTrainingScale(range), odd).quiet().run();

    assertThat(one.named("again").trainingScale()).contains(fixed);
    assertThat(Evaluation.read(other.write(folder.resolve("a.safetensors"))).trainingScale())
        .contains(range);
    assertThat(Evaluation.read(one.write(folder.resolve("b.safetensors"))).trainingScale())
        .contains(fixed);
    assertThat(Evaluation.mean(one, one.named("again")).trainingScale()).contains(fixed);
    assertThat(Evaluation.mean(one, other).trainingScale()).isEmpty();
    assertThat(Evaluation.mean(one, other).name()).isEqualTo(one.name() + " (2 nets)");
    assertThat(Evaluation.of(abc(), odd).scales(40).quiet().run().trainingScale()).isEmpty();
  }

  @Test
  void anEnsembleSaysWhatItIsOfInFewWords() {
    Evaluation dense = Evaluation.of(abc(), odd).dense().scales(40).quiet().run();
    Evaluation crops = Evaluation.of(abc(), odd).multiCrop().scales(40).quiet().run();
    Evaluation center = Evaluation.of(abc(), odd).centerCrop().scales(40).quiet().run();
    String name = dense.name();

    Evaluation both = Evaluation.mean(dense, crops);
    assertThat(both.name()).isEqualTo(name);
    assertThat(both.protocol()).isEqualTo("dense & multi-crop 5x5, Q=40, flipped");
    assertThat(Evaluation.mean(dense, center).protocol())
        .isEqualTo("dense, Q=40, flipped & center crop, Q=40");
    assertThat(Evaluation.mean(Evaluation.mean(dense, center), crops).protocol())
        .isEqualTo("dense, Q=40, flipped & center crop, Q=40 & multi-crop 5x5, Q=40, flipped");
    Evaluation larger = Evaluation.of(abc(), odd).dense().scales(48).quiet().run();
    assertThat(Evaluation.mean(both, larger).protocol())
        .isEqualTo("dense & multi-crop 5x5, Q=40, flipped & dense, Q=48, flipped");
    assertThat(Evaluation.mean(dense, dense).name()).isEqualTo(name + " (2 nets)");
    assertThat(Evaluation.mean(dense, dense.named("E")).name()).isEqualTo(name + " & E");
    Evaluation e = dense.named("E");
    assertThat(Evaluation.mean(dense, e, dense, e, dense, e, dense).name())
        .isEqualTo(name + " (4 nets) & E (3 nets)");
    assertThat(Evaluation.mean(dense, crops, e, crops.named("E")).name()).isEqualTo(name + " & E");
    assertThat(Evaluation.mean(dense).name()).isEqualTo(name);
  }

  @Test
  void aTestKnowsHowLongItWaitedForImages() {
    Evaluation test = Evaluation.of(abc(), odd).dense().scales(40).quiet().run();

    assertThat(test.waiting().orElseThrow()).isBetween(0.0, 1.0);
    assertThat(test.named("again").waiting()).isEqualTo(test.waiting());
    assertThat(Evaluation.mean(test, test).waiting()).isEmpty();
    assertThat(waiting(test, 0.25)).asString().contains("25% of it waiting for images");
    assertThat(waiting(test, 0.01)).asString().doesNotContain("waiting");
  }

  private static Evaluation waiting(Evaluation test, double share) {
    return new Evaluation(test.record().with(test.record().facts().by("", share)));
  }
}
