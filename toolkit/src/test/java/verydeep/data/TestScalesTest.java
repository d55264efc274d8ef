package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static verydeep.data.TrainingScale.fixed;
import static verydeep.data.TrainingScale.jittered;

import org.junit.jupiter.api.Test;

/** Sections 4.1 and 4.2. */
class TestScalesTest {

  @Test
  void oneScaleIsThatOfTheTrainingOrTheMiddleOfItsRange() {
    assertThat(TestScales.single(fixed(256))).isEqualTo(256);
    assertThat(TestScales.single(fixed(384))).isEqualTo(384);
    assertThat(TestScales.single(jittered(256, 512))).isEqualTo(384);
  }

  @Test
  void threeScalesAre32PixelsApartOrTheRangesEndsAndMiddle() {
    assertThat(TestScales.three(fixed(256), 224)).containsExactly(224, 256, 288);
    assertThat(TestScales.three(fixed(384), 224)).containsExactly(352, 384, 416);
    assertThat(TestScales.three(jittered(256, 512), 224)).containsExactly(256, 384, 512);
  }

  @Test
  void smallerNetworksAreTestedInProportion() {
    assertThat(TestScales.three(fixed(80), 64)).containsExactly(71, 80, 89);
    assertThat(TestScales.three(jittered(64, 96), 64)).containsExactly(64, 80, 96);
  }
}
