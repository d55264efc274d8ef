package verydeep.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import verydeep.data.Images;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;
import verydeep.transfer.LinearSvm;

class BestLayerTest {

  private static final List<String> LAYERS = List.of("pool1", "pool3", "pool5");

  @Test
  void theLayerThatErrsLeastIsTested() {
    Images photos = Clothes.take(60);

    Evaluation test =
        BestLayer.svm("A", Clothes.features(), LAYERS, photos, photos, photos.subset(0, 1, 2));

    String best = "none";
    double least = 1;
    for (String layer : LAYERS) {
      double error = test(layer, photos).errors().top1().value();
      best = error < least ? layer : best;
      least = Math.min(error, least);
    }
    assertThat(test.name()).isEqualTo("A, fixed " + best + " and linear SVM");
    assertThat(test.predictions())
        .extracting(Prediction::predicted)
        .isEqualTo(
            test(best, photos).predictions().stream().limit(3).map(Prediction::predicted).toList());
  }

  private static Evaluation test(String layer, Images photos) {
    var features = Clothes.features().layer(layer).run(photos);
    return LinearSvm.of(features).run().test(features);
  }
}
