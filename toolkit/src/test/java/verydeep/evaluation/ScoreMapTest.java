package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import verydeep.Goldens;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.network.Configuration;
import verydeep.network.ImageTooSmallException;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

class ScoreMapTest {

  private static final Rgb MEAN = new Rgb(124, 117, 104);

  private static Checkpoint a() {
    return Checkpoint.of(
        Goldens.of("A").parameters("weight"),
        List.of("p", "q", "r", "s", "t"),
        Preprocessing.paper(MEAN),
        Provenance.unknown());
  }

  /** The golden's dense input as an image; its numbers are whole gray levels minus the mean. */
  private static RgbImage dense() {
    float[] pixels = Goldens.of("A").floats("dense_input");
    byte[] rgb = new byte[3 * 96 * 128];
    float[] mean = {124, 117, 104};
    for (int c = 0; c < 3; c++) {
      for (int p = 0; p < 96 * 128; p++) {
        rgb[3 * p + c] = (byte) Math.round(pixels[c * 96 * 128 + p] + mean[c]);
      }
    }
    return RgbImage.of(128, 96, rgb);
  }

  @Test
  void eachCellIsTheSoftMaxOfPyTorchsScores() {
    ScoreMap map = ScoreMap.of(a(), dense(), 96);
    float[] scores = Goldens.of("A").floats("dense_scores");
    assertThat(map.rows()).isEqualTo(2);
    assertThat(map.columns()).isEqualTo(3);
    for (int cell = 0; cell < 6; cell++) {
      double sum = 0;
      for (int k = 0; k < 5; k++) {
        sum += Math.exp(scores[k * 6 + cell]);
      }
      for (int k = 0; k < 5; k++) {
        assertThat(map.posterior(k, cell / 3, cell % 3))
            .isCloseTo(Math.exp(scores[k * 6 + cell]) / sum, within(1e-5));
      }
    }
  }

  @Test
  void aPixelInTheMiddleOfAWindowHasItsPosteriorAndBetweenThemIsBetween() {
    ScoreMap map = ScoreMap.of(a(), dense(), 96);
    for (int row = 0; row < 2; row++) {
      for (int column = 0; column < 3; column++) {
        assertThat(map.at(1, 32 + 32 * column, 32 + 32 * row))
            .isCloseTo(map.posterior(1, row, column), within(1e-12));
      }
    }
    assertThat(map.at(2, 48, 32))
        .isCloseTo((map.posterior(2, 0, 0) + map.posterior(2, 0, 1)) / 2, within(1e-12));
    assertThat(map.at(2, 0, 0)).isEqualTo(map.posterior(2, 0, 0));
    assertThat(map.at(2, 127, 95)).isEqualTo(map.posterior(2, 1, 2));
  }

  @Test
  void aMapOfOneCellIsTheSameEverywhere() {
    byte[] noise = new byte[3 * 64 * 64];
    new Random(1).nextBytes(noise);
    ScoreMap map = ScoreMap.of(a(), RgbImage.of(64, 64, noise), 64);
    assertThat(map.rows() * map.columns()).isEqualTo(1);
    assertThat(map.at(0, 3, 60)).isEqualTo(map.posterior(0, 0, 0));
    assertThat(map.toString()).startsWith("Score map of 1x1 cells, most confident of ");
  }

  /** Section 3.2: a network of 224 pixels has Q/32 - 6 rows; one of 64, Q/32 - 1. */
  @ParameterizedTest
  @CsvSource({
    "224, 224, 1",
    "224, 255, 1",
    "224, 256, 2",
    "224, 384, 6",
    "224, 500, 9",
    "224, 512, 10",
    "64, 64, 1",
    "64, 95, 1",
    "64, 96, 2",
    "64, 160, 4"
  })
  void theMapsSideFollowsFromTheScale(int input, int scale, int side) {
    Vgg network = Vgg.of(Configuration.A).width(1 / 64.0).input(input).classes(2).build();
    Checkpoint checkpoint =
        Checkpoint.of(
            Parameters.initial(network, 1),
            List.of("p", "q"),
            Preprocessing.paper(MEAN),
            Provenance.unknown());
    ScoreMap map = ScoreMap.of(checkpoint, RgbImage.of(40, 30, new byte[3600]), scale);
    assertThat(map.rows()).isEqualTo(side);
    int width = (int) (scale * 40.0 / 30);
    assertThat(map.columns()).isEqualTo(width / 32 - (input / 32 - 1));
    assertThatThrownBy(
            () -> ScoreMap.of(checkpoint, RgbImage.of(40, 30, new byte[3600]), input - 1))
        .isInstanceOf(ImageTooSmallException.class)
        .hasMessageContaining(String.valueOf(input));
  }

  @Test
  void aScaleBelowTheInputAndANetworkWithoutClassesAreRefused() {
    assertThatThrownBy(() -> ScoreMap.of(a(), dense(), 63))
        .isInstanceOf(ImageTooSmallException.class);
    Vgg convolutions = Vgg.of(Configuration.A).width(1 / 16.0).convolutionsOnly().build();
    Checkpoint features =
        Checkpoint.of(
            Parameters.initial(convolutions, 1),
            List.of(),
            Preprocessing.paper(MEAN),
            Provenance.unknown());
    assertThatThrownBy(() -> ScoreMap.of(features, dense(), 96))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("no classes");
  }
}
