package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AugmentationTest {

  @Test
  void itChecksAndPrintsItself() {
    assertThat(Augmentation.paper().flip(false).flip(true)).isEqualTo(Augmentation.paper());
    assertThat(Augmentation.paper()).hasToString("random crop, flip, color shift 0.1");
    assertThat(Augmentation.none()).hasToString("center crop");
    assertThatThrownBy(() -> Augmentation.none().colorShift(-1)).hasMessageContaining("-1");
  }

  @Test
  void scalesCheckAndPrintThemselves() {
    assertThat(TrainingScale.fixed(256)).hasToString("S=256");
    assertThat(TrainingScale.jittered(64, 96)).hasToString("S=[64;96]");
    assertThatThrownBy(() -> TrainingScale.fixed(0)).hasMessageContaining("S is 0");
    assertThatThrownBy(() -> TrainingScale.jittered(5, 4)).hasMessageContaining("[5, 4]");
  }
}
