package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.VerydeepException;

/** S, and the test scales that follow from it (sections 3.1 and 4.2). */
class TrainingScaleTest {

  @Test
  void aFixedScaleIsTestedAt32PixelsAroundItForAnInputOf224() {
    TrainingScale scale = TrainingScale.fixed(256);

    assertThat(scale.testScale()).isEqualTo(256);
    assertThat(scale.testScales(224)).containsExactly(224, 256, 288);
    assertThat(TrainingScale.fixed(384).testScales(224)).containsExactly(352, 384, 416);
    assertThat(TrainingScale.fixed(80).testScales(64)).containsExactly(71, 80, 89);
  }

  @Test
  void aJitteredScaleIsTestedAtItsEndsAndItsMiddle() {
    TrainingScale scale = TrainingScale.jittered(256, 512);

    assertThat(scale.testScale()).isEqualTo(384);
    assertThat(scale.testScales(224)).containsExactly(256, 384, 512);
  }

  @Test
  void aRangeOfOneIsAFixedScale() {
    assertThat(TrainingScale.of(96, 96)).isEqualTo(TrainingScale.fixed(96)).hasToString("S=96");
    assertThat(TrainingScale.of(64, 96))
        .isEqualTo(TrainingScale.jittered(64, 96))
        .hasToString("S=[64;96]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, (1 << 20) + 1, Integer.MAX_VALUE})
  void sidesThatNoImageHasAreRefused(int side) {
    assertThatThrownBy(() -> TrainingScale.fixed(side))
        .isInstanceOf(VerydeepException.class)
        .hasMessage("S is " + side + "; it must be from 1 to 1048576 pixels.");
    assertThatThrownBy(() -> TrainingScale.jittered(Math.min(1, side), Math.max(0, side)))
        .isInstanceOf(VerydeepException.class)
        .hasMessageStartingWith("S is drawn from [");
  }

  @Test
  void aRangeFromTheLargerToTheSmallerIsRefused() {
    assertThatThrownBy(() -> TrainingScale.jittered(96, 64))
        .isInstanceOf(VerydeepException.class)
        .hasMessage("S is drawn from [96, 64]; 1 <= smallest <= largest <= 1048576 is needed.");
  }
}
