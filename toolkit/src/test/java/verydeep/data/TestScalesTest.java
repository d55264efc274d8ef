package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static verydeep.data.TrainingScale.fixed;
import static verydeep.data.TrainingScale.jittered;

import org.junit.jupiter.api.Test;

/** Sections 4.1 and 4.2. */
class TestScalesTest {

  @Test
  void oneScaleIsThatOfTheTrainingOrTheMiddleOfItsRange() {
    assertThat(fixed(256).testScale()).isEqualTo(256);
    assertThat(fixed(384).testScale()).isEqualTo(384);
    assertThat(jittered(256, 512).testScale()).isEqualTo(384);
  }

  @Test
  void threeScalesAre32PixelsApartOrTheRangesEndsAndMiddle() {
    assertThat(fixed(256).testScales(224)).containsExactly(224, 256, 288);
    assertThat(fixed(384).testScales(224)).containsExactly(352, 384, 416);
    assertThat(jittered(256, 512).testScales(224)).containsExactly(256, 384, 512);
  }

  @Test
  void smallerNetworksAreTestedInProportion() {
    assertThat(fixed(80).testScales(64)).containsExactly(71, 80, 89);
    assertThat(jittered(64, 96).testScales(64)).containsExactly(64, 80, 96);
  }
}
