package verydeep.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.translate.TranslateException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import verydeep.classification.Classification;
import verydeep.classification.Classifier;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.data.TrainingScale;
import verydeep.localization.DenseLocalizer;
import verydeep.localization.FoundObject;
import verydeep.localization.Localizer;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Classifiers and localizers in DJL's own hands say what they say in ours. */
@Timeout(60)
class ClassifierModelsTest {

  private static Checkpoint net(long seed, String... outputs) {
    Vgg network = Vgg.of(Configuration.A).width(1 / 32.0).input(64).classes(outputs.length).build();
    return Checkpoint.of(
            Parameters.initial(network, seed),
            List.of(outputs),
            Preprocessing.paper(new Rgb(120, 120, 120)),
            Provenance.unknown())
        .withTrainingScale(TrainingScale.fixed(64));
  }

  private static RgbImage photo() {
    byte[] rgb = new byte[90 * 80 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i * 37 + i / 270 * 11);
    }
    return RgbImage.of(90, 80, rgb);
  }

  private static Image image() {
    return ImageFactory.getInstance().fromImage(photo().toBufferedImage());
  }

  @Test
  void aPredictorGivesTheAnswerOfTheClassifier() throws TranslateException {
    try (Classifier classifier = net(1, "a", "b", "c").classifier().dense().scales(72).open();
        var model = VggModel.of(classifier);
        var predictor = model.newPredictor()) {
      Classification own = classifier.classify(photo());
      Classifications given = predictor.predict(image());
      assertThat(given.getClassNames()).containsExactly("a", "b", "c");
      for (String name : own.classNames()) {
        assertThat(given.get(name).getProbability()).isEqualTo(own.score(name));
      }
      List<Classifications> two = predictor.batchPredict(List.of(image(), image()));
      assertThat(two).hasSize(2);
      assertThat(two.get(1).best().getClassName()).isEqualTo(own.best().className());
    }
  }

  @Test
  void aPredictorGivesTheBoxesOfTheLocalizer() throws TranslateException {
    DenseLocalizer dense =
        DenseLocalizer.of(net(1, "a", "b"), Localizer.of(net(2, "x", "y", "width", "height")))
            .scales(64, 96);
    try (var model = VggModel.of(dense);
        var predictor = model.newPredictor()) {
      List<FoundObject> own = dense.find(photo());
      DetectedObjects given = predictor.predict(image());
      assertThat(given.getNumberOfObjects()).isEqualTo(own.size());
      for (int i = 0; i < own.size(); i++) {
        DetectedObjects.DetectedObject object = given.item(i);
        FoundObject same =
            own.stream()
                .filter(found -> found.className().equals(object.getClassName()))
                .findFirst()
                .orElseThrow();
        assertThat(object.getProbability()).isEqualTo(same.score());
        assertThat(object.getBoundingBox().getBounds().getX() * 90)
            .isCloseTo(same.box().left(), within(1e-9));
        assertThat(object.getBoundingBox().getBounds().getHeight() * 80)
            .isCloseTo(same.box().height(), within(1e-9));
      }
    }
  }
}
