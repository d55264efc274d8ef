package verydeep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Images;
import verydeep.data.TrainingScale;
import verydeep.network.Configuration;
import verydeep.network.Vgg;
import verydeep.training.Recipe;
import verydeep.training.Training;

class TrainingReportTest {

  @TempDir private Path folder;

  @Test
  void aTrainingIsATableAndAnImage() throws IOException {
    Images photos = Images.folder(Samples.photos(folder, 2, 6));
    Vgg network = Vgg.of(Configuration.A).width(1 / 32.0).input(32).classes(2).build();

    Training training =
        Training.of(network, photos.split(0.7, 1))
            .recipe(Recipe.paper().batch(4).epochs(2))
            .scale(TrainingScale.fixed(32))
            .quiet()
            .run();

    assertThat(Tables.of(training).rowCount()).isEqualTo(2);
    assertThat(Tables.of(training).name()).contains("VGG A", "best epoch", "section 3.1");
    assertThat(Charts.learningCurves(training).title()).contains("VGG A");
  }
}
