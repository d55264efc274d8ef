package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static verydeep.network.Configuration.A;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Augmentation;
import verydeep.data.ColorStatistics;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;
import verydeep.data.Split;
import verydeep.data.TrainingScale;
import verydeep.drawn.DrawnImages;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/** A narrow A on drawn shapes. */
@Timeout(60)
class TrainingTest {

  @TempDir static Path root;
  @TempDir Path target;
  private static Split<Images> shapes;

  private static final Vgg NET = Vgg.of(A).classes(3).width(1 / 16.0).input(32).build();

  @BeforeAll
  static void draw() {
    shapes = DrawnImages.shapes(root, 30, 1).split(0.7, 2);
  }

  private static Recipe recipe(int epochs) {
    return Recipe.paper().batch(16).rate(LearningRate.constant(0.01)).epochs(epochs);
  }

  private static TrainingBuilder training(int epochs) {
    return Training.of(NET, shapes).recipe(recipe(epochs)).quiet();
  }

  @Test
  void itLearns() {
    Training run = training(22).run();
    assertThat(run.epochs()).hasSize(22);
    assertThat(run.stopReason()).isEqualTo(Training.StopReason.LAST_EPOCH);
    Epoch best = run.epochs().get(run.bestEpoch() - 1);
    assertThat(best.validation().top1().value()).isLessThan(0.1);
    assertThat(best.validation().top1().images()).isEqualTo(shapes.validation().size());
    double least = run.epochs().stream().mapToDouble(Epoch::loss).min().orElseThrow();
    assertThat(least).isLessThan(run.epochs().get(0).loss() / 2);
    assertThat(run.toString()).contains("VGG A", "22 epochs", "best epoch " + run.bestEpoch());
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    Parameters one = training(2).seed(7).run().last().parameters();
    Parameters two = training(2).seed(7).run().last().parameters();
    Parameters other = training(2).seed(8).run().last().parameters();
    for (String name : one.names()) {
      assertThat(two.get(name).toArray()).as(name).isEqualTo(one.get(name).toArray());
      assertThat(other.get(name).toArray()).as(name).isNotEqualTo(one.get(name).toArray());
    }
  }

  @Test
  void dropoutChangesWhatIsLearned() {
    Vgg none = NET.with().dropout(0).build();
    Parameters with = training(1).run().last().parameters();
    Parameters without =
        Training.of(none, shapes).recipe(recipe(1)).quiet().run().last().parameters();
    assertThat(with.get("fc8.weight").toArray()).isNotEqualTo(without.get("fc8.weight").toArray());
  }

  @Test
  void theBestEpochIsKeptAndSaved() {
    Path file = target.resolve("new/best.safetensors");
    List<Integer> wrong = new ArrayList<>();
    List<float[]> saved = new ArrayList<>();
    Training run =
        training(6)
            .writeBest(file)
            .progress(
                new Progress() {
                  @Override
                  public void epoch(Epoch epoch) {
                    wrong.add(epoch.validation().top1().wrong());
                    saved.add(Checkpoint.read(file).parameters().get("fc8.weight").toArray());
                  }
                })
            .run();
    int fewest = wrong.stream().mapToInt(i -> i).min().orElseThrow();
    assertThat(run.bestEpoch()).isEqualTo(wrong.indexOf(fewest) + 1);
    assertThat(run.best().provenance().facts())
        .containsEntry("epoch", String.valueOf(run.bestEpoch()))
        .containsEntry("seed", "0")
        .containsEntry("recipe", recipe(6).toString())
        .containsKeys("trained on", "validated on", "scale", "versions", "validation");
    assertThat(run.last().provenance().facts()).containsEntry("epoch", "6");

    Checkpoint read = Checkpoint.read(file);
    for (String name : read.parameters().names()) {
      assertThat(read.parameters().get(name).toArray())
          .isEqualTo(run.best().parameters().get(name).toArray());
    }
    assertThat(run.best().parameters().get("fc8.weight").toArray())
        .isEqualTo(saved.get(run.bestEpoch() - 1));
    assertThat(read.classNames()).containsExactly("disc", "square", "triangle");
    assertThat(read.preprocessing()).isEqualTo(run.best().preprocessing());
    assertThat(read.trainingScale()).contains(TrainingScale.fixed(37));
    assertThat(posteriors(read)).isEqualTo(posteriors(run.best()));
  }

  @Test
  void theBestCheckpointTestsAsItsEpochDid() {
    Training run = training(5).run();
    Epoch best = run.epochs().get(run.bestEpoch() - 1);
    Evaluation again = Evaluation.of(run.best(), shapes.validation()).centerCrop().quiet().run();
    assertThat(again.errors()).isEqualTo(best.validation());
    Evaluation last = Evaluation.of(run.last(), shapes.validation()).centerCrop().quiet().run();
    assertThat(last.errors()).isEqualTo(run.epochs().get(4).validation());
  }

  @Test
  void ofEquallyGoodEpochsTheFirstIsKept() {
    Recipe still = Recipe.paper().batch(63).rate(LearningRate.constant(1e-12)).epochs(3);
    Training run = Training.of(NET, shapes).recipe(still).quiet().run();
    assertThat(run.epochs()).extracting(e -> e.validation().top1().wrong()).hasSize(3);
    assertThat(run.epochs().stream().map(Epoch::validation).distinct()).hasSize(1);
    assertThat(run.bestEpoch()).isEqualTo(1);
    assertThat(run.best().provenance().facts()).containsEntry("epoch", "1");
  }

  @Test
  void aPlateauLowersTheRateAndEndsTheTraining() {
    LearningRate rate = LearningRate.plateau(1e-12).falls(2).patience(1);
    Recipe still = Recipe.paper().batch(63).rate(rate).epochs(50);
    Training run = Training.of(NET, shapes).recipe(still).quiet().run();
    assertThat(run.stopReason()).isEqualTo(Training.StopReason.PLATEAU);
    assertThat(run.epochs())
        .extracting(Epoch::rate)
        .containsExactly(1e-12, 1e-12, 1e-12 / 10, 1e-12 / 100);
    assertThat(run.toString()).contains("stopped because validation accuracy stopped improving");
  }

  @Test
  void progressIsToldEveryStepAndEpochInOrder() {
    List<String> told = new ArrayList<>();
    List<Progress.Step> steps = new ArrayList<>();
    List<Training> ended = new ArrayList<>();
    Training run =
        training(2)
            .progress(
                new Progress() {
                  @Override
                  public void step(Progress.Step step) {
                    steps.add(step);
                    told.add(step.epoch() + "." + step.step());
                  }

                  @Override
                  public void epoch(Epoch epoch) {
                    told.add("epoch " + epoch.number());
                  }

                  @Override
                  public void ended(Training training) {
                    ended.add(training);
                    told.add("end");
                  }
                })
            .run();
    assertThat(told)
        .containsExactly(
            "1.1", "1.2", "1.3", "1.4", "epoch 1", "2.1", "2.2", "2.3", "2.4", "epoch 2", "end");
    assertThat(ended).containsExactly(run);
    assertThat(steps)
        .allSatisfy(
            step -> {
              assertThat(step.epochs()).isEqualTo(2);
              assertThat(step.steps()).isEqualTo(4);
              assertThat(step.rate()).isEqualTo(0.01);
              assertThat(step.loss()).isPositive().isFinite();
              assertThat(step.imagesPerSecond()).isPositive().isFinite();
              assertThat(step.secondsLeft()).isNotNegative();
              assertThat(step.errors().top1().images()).isEqualTo(Math.min(63, 16 * step.step()));
            });
    assertThat(steps.get(7).secondsLeft()).isZero();
    assertThat(run.epochs().get(1).loss()).isEqualTo(steps.get(7).loss());
  }

  @Test
  void anEpochsNumbersAreSane() {
    Training run = training(2).run();
    assertThat(run.epochs())
        .allSatisfy(
            epoch -> {
              assertThat(epoch.imagesPerSecond()).isPositive().isFinite();
              assertThat(epoch.seconds()).isPositive();
              assertThat(epoch.secondsWaited()).isBetween(0.0, epoch.seconds());
              assertThat(epoch.training().top1().images()).isEqualTo(shapes.training().size());
              assertThat(epoch.toString()).doesNotContain("\n").contains("epoch", "images/s");
            });
    assertThat(run.seconds())
        .isGreaterThan(run.epochs().stream().mapToDouble(Epoch::seconds).sum());
  }

  @Test
  void theFirstStepsLossIsThatOfTheForwardPass() {
    Vgg net = NET.with().dropout(0).build();
    Images images = shapes.training();
    List<Double> losses = new ArrayList<>();
    List<Integer> wrong = new ArrayList<>();
    Training.of(net, shapes)
        .recipe(Recipe.paper().batch(images.size()).epochs(1))
        .augmentation(Augmentation.none())
        .scale(TrainingScale.fixed(35))
        .seed(3)
        .progress(
            new Progress() {
              @Override
              public void step(Progress.Step step) {
                losses.add(step.loss());
                wrong.add(step.errors().top1().wrong());
              }
            })
        .run();

    Preprocessing paper = Preprocessing.paper(ColorStatistics.of(images).mean());
    List<RgbImage> crops =
        IntStream.range(0, images.size())
            .mapToObj(i -> images.image(i).rescale(35).centerCrop(32))
            .toList();
    double sum = 0;
    int misses = 0;
    try (ForwardPass pass = DjlForwardPass.of(Parameters.initial(net, 3))) {
      Activations scores = pass.run(DrawnImages.pixels(paper, crops), crops.size(), 32, 32);
      for (int i = 0; i < crops.size(); i++) {
        float[] own = scores.meanOverSpace(i);
        double total = 0;
        for (float score : own) {
          total += Math.exp(score);
        }
        sum += Math.log(total) - own[images.label(i)];
        misses += new Prediction(images.file(i), images.label(i), own).right() ? 0 : 1;
      }
    }
    assertThat(losses).hasSize(1);
    assertThat(losses.get(0)).isCloseTo(sum / crops.size(), within(1e-5));
    assertThat(wrong).containsExactly(misses);
  }

  private static List<Float> posteriors(Checkpoint checkpoint) {
    List<Float> all = new ArrayList<>();
    for (Prediction p :
        Evaluation.of(checkpoint, shapes.validation()).quiet().run().predictions()) {
      for (int k = 0; k < 3; k++) {
        all.add(p.score(k));
      }
    }
    return all;
  }
}
