package verydeep.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.translate.TranslateException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import verydeep.VerydeepException;
import verydeep.data.RgbImage;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.weights.Checkpoint;

/** A checkpoint in DJL's own hands says what it says in ours. */
class VggModelTest {

  @Test
  void predictorGivesTheProbabilitiesOfOurForwardPass() throws TranslateException {
    Checkpoint checkpoint = Checkpoint.read(file("A.zip.pth"));
    RgbImage photo = RgbImage.of(90, 80, colors(90 * 80 * 3));
    Classifications given;
    try (var model = VggModel.of(checkpoint);
        var predictor = model.newPredictor()) {
      given = predictor.predict(ImageFactory.getInstance().fromImage(photo.toBufferedImage()));
    }
    FloatBuffer pixels = FloatBuffer.allocate(3 * 64 * 64);
    checkpoint.preprocessing().write(photo.rescale(73).centerCrop(64), pixels);
    try (DjlForwardPass pass = DjlForwardPass.of(checkpoint.parameters())) {
      float[] scores = pass.run(pixels.flip(), 1, 64, 64).values();
      double sum = 0;
      for (float score : scores) {
        sum += Math.exp(score);
      }
      assertThat(given.getClassNames()).isEqualTo(checkpoint.classNames());
      for (int i = 0; i < scores.length; i++) {
        assertThat(given.get(checkpoint.classNames().get(i)).getProbability())
            .isCloseTo(Math.exp(scores[i]) / sum, within(1e-5));
      }
    }
  }

  @Test
  void networkWithoutClassesIsRefused() {
    assertThatThrownBy(() -> VggModel.of(Checkpoint.read(file("A.features.pth"))))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("convolutions only");
  }

  private static byte[] colors(int count) {
    byte[] rgb = new byte[count];
    for (int i = 0; i < count; i++) {
      rgb[i] = (byte) (i * 37 + i / 270 * 11);
    }
    return rgb;
  }

  private static Path file(String name) {
    try {
      return Path.of(VggModelTest.class.getResource("/verydeep/weights/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
