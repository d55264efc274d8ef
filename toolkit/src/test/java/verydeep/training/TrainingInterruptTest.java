package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static verydeep.network.Configuration.A;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Images;
import verydeep.data.Split;
import verydeep.drawn.DrawnImages;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** An interrupt ends a training within one batch and leaves what was trained. */
@Timeout(30)
class TrainingInterruptTest {

  private static final Vgg NET = Vgg.of(A).classes(3).width(1 / 16.0).input(32).build();

  @TempDir Path root;
  private Split<Images> shapes;
  private final List<String> steps = new ArrayList<>();

  @BeforeEach
  void draw() {
    shapes = DrawnImages.shapes(root, 15, 1).split(0.8, 2);
  }

  @AfterEach
  void clear() throws InterruptedException {
    boolean set = Thread.interrupted();
    assertThat(DrawnImages.threadsLeft()).isEmpty();
    assertThat(set).as("the interrupt is answered").isFalse();
  }

  private Training interruptedAt(int epoch, int step) {
    return Training.of(NET, shapes)
        .recipe(Recipe.paper().batch(4).epochs(5))
        .progress(
            new Progress() {
              @Override
              public void step(Progress.Step now) {
                steps.add(now.epoch() + "." + now.step());
                if (now.epoch() == epoch && now.step() == step) {
                  Thread.currentThread().interrupt();
                }
              }
            })
        .run();
  }

  @Test
  void inTheSecondEpoch() {
    Training run = interruptedAt(2, 3);
    assertThat(steps.get(steps.size() - 1)).isEqualTo("2.3");
    assertThat(run.stopReason()).isEqualTo(Training.StopReason.INTERRUPTED);
    assertThat(run.epochs()).hasSize(1);
    assertThat(run.bestEpoch()).isEqualTo(1);
    assertThat(run.best().provenance().facts()).containsEntry("epoch", "1");
    assertThat(run.last().parameters().get("fc8.weight").toArray())
        .as("what the second epoch had learned is kept")
        .isNotEqualTo(run.best().parameters().get("fc8.weight").toArray());
    assertThat(run.toString()).contains("1 epoch in", "stopped because it was interrupted");
  }

  @Test
  void inTheFirstEpochTheBestIsTheLast() {
    Training run = interruptedAt(1, 2);
    assertThat(steps).containsExactly("1.1", "1.2");
    assertThat(run.epochs()).isEmpty();
    assertThat(run.bestEpoch()).isZero();
    assertThat(run.best()).isSameAs(run.last());
    assertThat(run.last().parameters().get("fc8.weight").toArray())
        .isNotEqualTo(Parameters.initial(NET, 0).get("fc8.weight").toArray());
    assertThat(run.toString()).contains("no epoch was completed");
  }

  @Test
  void atTheLastStepOfAnEpochItsValidationDoesNotRun() {
    Training run = interruptedAt(1, 9);
    assertThat(run.epochs()).isEmpty();
    assertThat(run.stopReason()).isEqualTo(Training.StopReason.INTERRUPTED);
  }

  @Test
  void beforeItBeginsNothingIsTrained() {
    Thread.currentThread().interrupt();
    Training run = Training.of(NET, shapes).quiet().run();
    assertThat(run.stopReason()).isEqualTo(Training.StopReason.INTERRUPTED);
    assertThat(run.last().parameters().get("fc8.weight").toArray())
        .isEqualTo(Parameters.initial(NET, 0).get("fc8.weight").toArray());
  }
}
