package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static verydeep.network.Configuration.A;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.drawn.DrawnImages;
import verydeep.network.Vgg;
import verydeep.training.LearningRate;
import verydeep.training.Recipe;
import verydeep.training.Training;
import verydeep.weights.Checkpoint;

/** Red from blue: whoever swaps the channels, forgets the mean or the scale is found out. */
@Timeout(60)
class ChannelCanaryTest {

  private static final Rgb ONE = new Rgb(1, 1, 1);

  @TempDir static Path root;
  private static Checkpoint trained;
  private static Images test;

  @BeforeAll
  static void train() {
    Images images = DrawnImages.redAndBlue(root.resolve("training"), 16, 1);
    test = DrawnImages.redAndBlue(root.resolve("test"), 10, 2);
    Vgg net = Vgg.of(A).classes(2).width(1 / 16.0).input(32).dropout(0).build();
    Recipe recipe = Recipe.paper().batch(8).rate(LearningRate.constant(0.005)).epochs(12);
    trained = Training.of(net, images.split(0.75, 1)).recipe(recipe).quiet().run().best();
  }

  private static Evaluation with(Preprocessing preprocessing) {
    Checkpoint other =
        Checkpoint.of(
            trained.parameters(), trained.classNames(), preprocessing, trained.provenance());
    return Evaluation.of(other, test).scales(37).quiet().run();
  }

  private static double furthest(Evaluation one, Evaluation two) {
    double furthest = 0;
    for (int i = 0; i < test.size(); i++) {
      double difference = one.predictions().get(i).score(0) - two.predictions().get(i).score(0);
      furthest = Math.max(furthest, Math.abs(difference));
    }
    return furthest;
  }

  @Test
  void asTrainedItTellsThemApart() {
    assertThat(with(trained.preprocessing()).errors().top1().wrong()).isZero();
    assertThat(trained.preprocessing().order()).isEqualTo(Preprocessing.ChannelOrder.RGB);
    assertThat(trained.preprocessing().scale()).isEqualTo(1);
  }

  @Test
  void withRedAndBlueSwappedItTakesEachForTheOther() {
    Preprocessing paper = trained.preprocessing();
    Preprocessing swapped = new Preprocessing(Preprocessing.ChannelOrder.BGR, 1, paper.mean(), ONE);
    assertThat(with(swapped).errors().top1().value()).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void anotherMeanChangesThePosteriors() {
    Evaluation right = with(trained.preprocessing());
    assertThat(furthest(right, with(Preprocessing.paper(Rgb.ZERO)))).isGreaterThan(1e-3);
    Rgb mean = trained.preprocessing().mean();
    Rgb turned = new Rgb(mean.blue() + 40, mean.green(), mean.red() - 40);
    assertThat(furthest(right, with(Preprocessing.paper(turned)))).isGreaterThan(1e-3);
  }

  @Test
  void anotherScaleChangesThePosteriors() {
    Rgb mean = trained.preprocessing().mean();
    Preprocessing small = new Preprocessing(Preprocessing.ChannelOrder.RGB, 1 / 255.0, mean, ONE);
    assertThat(furthest(with(trained.preprocessing()), with(small))).isGreaterThan(1e-3);
  }
}
