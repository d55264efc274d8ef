package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static verydeep.network.Configuration.A;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Images;
import verydeep.data.Split;
import verydeep.drawn.DrawnImages;
import verydeep.network.Vgg;

/** A notebook trains again and again in one JVM. */
@Timeout(60)
class TrainingMemoryTest {

  @TempDir Path root;

  @Test
  void trainingsLeaveNoArrayAndNoManagerBehind() {
    Split<Images> shapes = DrawnImages.shapes(root, 5, 1).split(0.6, 2);
    Vgg net = Vgg.of(A).classes(3).width(1 / 16.0).input(32).build();
    TrainingBuilder training =
        Training.of(net, shapes).recipe(Recipe.paper().batch(4).epochs(2)).quiet();
    training.run();
    int before = living();
    for (int i = 0; i < 5; i++) {
      training.run();
    }
    assertThat(living()).isLessThanOrEqualTo(before);
  }

  @Test
  void epochsAndSavesLeaveNoArrayBehindWhileATrainingRuns() {
    Split<Images> shapes = DrawnImages.shapes(root, 5, 1).split(0.6, 2);
    Vgg net = Vgg.of(A).classes(3).width(1 / 16.0).input(32).build();
    List<Integer> living = new ArrayList<>();
    Training.of(net, shapes)
        .recipe(Recipe.paper().batch(4).epochs(6))
        .folder(root.resolve("run"))
        .writeEvery(Duration.ZERO)
        .progress(
            new Progress() {
              @Override
              public void epoch(Epoch epoch) {
                living.add(living());
              }
            })
        .run();
    assertThat(living).hasSize(6).containsOnly(living.get(0));
  }

  /** DJL does not say what a manager holds but by a protected field. */
  private static int living() {
    try (NDManager probe = NDManager.newBaseManager("PyTorch")) {
      return living(probe.getParentManager());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static int living(NDManager manager) throws ReflectiveOperationException {
    int count = 1;
    for (String name : new String[] {"resources", "tempResources"}) {
      Field field = BaseNDManager.class.getDeclaredField(name);
      field.setAccessible(true);
      for (Object held : ((Map<?, ?>) field.get(manager)).values()) {
        count += held instanceof NDManager child ? living(child) : 1;
      }
    }
    return count;
  }
}
