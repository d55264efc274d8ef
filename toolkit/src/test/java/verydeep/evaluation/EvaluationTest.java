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
import verydeep.data.Images;
import verydeep.data.Picture;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.TrainingScale;
import verydeep.drawn.DrawnPictures;
import verydeep.network.Activations;
import verydeep.network.DjlForwardPass;
import verydeep.network.ForwardPass;
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
    odd = DrawnPictures.noise(root, 1, 41, 57, 64, 33, 33, 95, 50, 50, 41, 57, 77, 40, 35, 35);
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
  private static double[] posterior(ForwardPass pass, Picture picture) {
    Activations maps =
        pass.run(
            DrawnPictures.pixels(PAPER, List.of(picture)), 1, picture.height(), picture.width());
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
  void denseIsTheMeanOfThePosteriorsOverMirrorImagesAndScales() {
    int[] scales = {32, 47, 70};
    Evaluation test = Evaluation.of(abc(), odd).dense().scales(scales).quiet().run();
    try (ForwardPass pass = DjlForwardPass.of(abc().parameters())) {
      for (int i = 0; i < odd.size(); i++) {
        double[] mean = new double[3];
        for (int scale : scales) {
          Picture whole = odd.picture(i).rescale(scale);
          for (Picture look : List.of(whole, whole.mirror())) {
            double[] one = posterior(pass, look);
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
    assertThat(test.protocol()).isEqualTo("dense, Q=32,47,70, mirrored");
    assertThat(test.predictions()).hasSize(odd.size());
  }

  @Test
  void mirrorImagesCanBeLeftOut() {
    Evaluation test = Evaluation.of(abc(), odd).scales(40).mirrored(false).quiet().run();
    try (ForwardPass pass = DjlForwardPass.of(abc().parameters())) {
      for (int i = 0; i < odd.size(); i++) {
        double[] one = posterior(pass, odd.picture(i).rescale(40));
        for (int k = 0; k < 3; k++) {
          assertThat((double) test.predictions().get(i).score(k)).isCloseTo(one[k], within(1e-6));
        }
      }
    }
  }

  @Test
  void theCentreCropOfASquareAtTheWindowsSizeIsDenseThere() {
    Images squares = odd.subset(1, 2); // 50x50 and 35x35
    var crop = Evaluation.of(abc(), squares).centreCrop().scales(32).quiet().run();
    var dense = Evaluation.of(abc(), squares).dense().mirrored(false).scales(32).quiet().run();
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
  void aPictureAloneGivesWhatItGivesAmongOthers() {
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
  void predictionsAreInTheOrderOfThePictures() {
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
    assertThat(test.confusion().pictures(1)).isZero();
  }

  @Test
  void aFolderMayHaveFewerClassesThanTheNetworkKnows(@TempDir Path folder) {
    Images two = DrawnPictures.redAndBlue(folder, 1, 1);
    Evaluation test =
        Evaluation.of(checkpoint("red", "green", "blue"), two).scales(40).quiet().run();
    assertThat(test.predictions()).extracting(Prediction::label).containsExactly(2, 0);
  }

  @Test
  void byDefaultItIsDenseAndMirroredAtTheTrainingScale() {
    Checkpoint fixed = abc().withTrainingScale(TrainingScale.fixed(37));
    Evaluation test = Evaluation.of(fixed, odd).quiet().run();
    assertThat(test.protocol()).isEqualTo("dense, Q=37, mirrored");
    assertThat(test.name()).startsWith("VGG A");
    assertThat(test.seconds()).isPositive();
  }

  @Test
  void byDefaultAJitteredNetworkIsTestedInTheMiddleOfItsRange() {
    Checkpoint jittered = abc().withTrainingScale(TrainingScale.jittered(32, 64));
    assertThat(Evaluation.of(jittered, odd).centreCrop().quiet().run().protocol())
        .isEqualTo("centre crop, Q=48");
  }

  @Test
  void settingsThatSeveralTestsBeginWithStayAsTheyWere() {
    EvaluationBuilder one =
        Evaluation.of(abc().withTrainingScale(TrainingScale.fixed(37)), odd).quiet();
    one.centreCrop().scales(64).mirrored(true);
    assertThat(one.scales(50).multiCrop().run().protocol())
        .isEqualTo("multi-crop 5x5, Q=50, mirrored");
    assertThat(one.run().protocol()).isEqualTo("dense, Q=37, mirrored");
    assertThat(one.run().protocol()).isEqualTo("dense, Q=37, mirrored");
  }

  @Test
  void severalScalesLieAroundThatOfTheTraining() {
    EvaluationBuilder fixed =
        Evaluation.of(abc().withTrainingScale(TrainingScale.fixed(40)), odd).quiet();
    assertThat(fixed.multiScale().run().protocol()).isEqualTo("dense, Q=35,40,45, mirrored");
    assertThat(fixed.centreCrop().scales(33).run().protocol()).isEqualTo("centre crop, Q=33");
    Checkpoint jittered = abc().withTrainingScale(TrainingScale.jittered(32, 64));
    assertThat(Evaluation.of(jittered, odd).multiScale().multiCrop().quiet().run().protocol())
        .isEqualTo("multi-crop 5x5, Q=32,48,64, mirrored");
    assertThatThrownBy(() -> Evaluation.of(abc(), odd).multiScale().quiet().run())
        .isInstanceOf(EvaluationException.class)
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
    Evaluation centre = Evaluation.of(abc(), odd).centreCrop().scales(40).quiet().run();
    String name = dense.name();

    Evaluation both = Evaluation.mean(dense, crops);
    assertThat(both.name()).isEqualTo(name);
    assertThat(both.protocol()).isEqualTo("dense & multi-crop 5x5, Q=40, mirrored");
    assertThat(Evaluation.mean(dense, centre).protocol())
        .isEqualTo("dense, Q=40, mirrored & centre crop, Q=40");
    assertThat(Evaluation.mean(Evaluation.mean(dense, centre), crops).protocol())
        .isEqualTo("dense, Q=40, mirrored & centre crop, Q=40 & multi-crop 5x5, Q=40, mirrored");
    assertThat(Evaluation.mean(dense, dense).name()).isEqualTo(name + " (2 nets)");
    assertThat(Evaluation.mean(dense, dense.named("E")).name()).isEqualTo(name + " & E");
    Evaluation e = dense.named("E");
    assertThat(Evaluation.mean(dense, e, dense, e, dense, e, dense).name())
        .isEqualTo(name + " (4 nets) & E (3 nets)");
    assertThat(Evaluation.mean(dense, crops, e, crops.named("E")).name()).isEqualTo(name + " & E");
    assertThat(Evaluation.mean(dense).name()).isEqualTo(name);
  }

  @Test
  void aTestKnowsHowLongItWaitedForPictures() {
    Evaluation test = Evaluation.of(abc(), odd).dense().scales(40).quiet().run();

    assertThat(test.waiting().orElseThrow()).isBetween(0.0, 1.0);
    assertThat(test.named("again").waiting()).isEqualTo(test.waiting());
    assertThat(Evaluation.mean(test, test).waiting()).isEmpty();
    assertThat(test.by("", 0.25)).asString().contains("25% of it waiting for pictures");
    assertThat(test.by("", 0.01)).asString().doesNotContain("waiting");
  }
}
