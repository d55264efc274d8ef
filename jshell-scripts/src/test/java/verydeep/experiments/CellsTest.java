package verydeep.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.BoxedImages;
import verydeep.data.Split;
import verydeep.evaluation.Comparison;
import verydeep.localization.Localization;
import verydeep.localization.Localizer;
import verydeep.training.Recipe;
import verydeep.training.Training;
import verydeep.weights.Checkpoint;

class CellsTest {

  @TempDir private Path folder;

  @Test
  void boxesAndClassesOfCellsAreLearned() {
    Split<BoxedImages> cells = Cells.of("trainval", 4, folder.toString()).split(0.7, 1);
    Recipe recipe = Recipe.paper().batch(4).epochs(1);

    Training boxes =
        Cells.localizer(Clothes.convolutions(), cells)
            .single()
            .recipe(recipe)
            .training(training -> training.quiet())
            .run();
    Training kinds = Cells.classifier(Clothes.convolutions(), cells).recipe(recipe).quiet().run();

    assertThat(boxes.network().input()).isEqualTo(96);
    assertThat(kinds.network().input()).isEqualTo(96);
    assertThat(kinds.best().classNames()).isEqualTo(cells.training().classes()).hasSize(3);
    assertThat(weights(kinds.best())).isEqualTo(weights(Clothes.convolutions()));
    assertThat(weights(boxes.best())).isNotEqualTo(weights(Clothes.convolutions()));
    Localization mean = Localization.meanBox(cells.training(), cells.validation());
    Localization test = Localizer.of(boxes.best()).test(cells.validation());
    assertThat(Steps.of(mean, List.of(test, mean)))
        .extracting(Comparison::toString)
        .containsExactly(mean.compareWith(test).toString(), test.compareWith(mean).toString());
  }

  private static float[] weights(Checkpoint checkpoint) {
    return checkpoint.parameters().get("conv1_1.weight").toArray();
  }
}
