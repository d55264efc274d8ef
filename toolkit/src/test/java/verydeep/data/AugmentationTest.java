package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final TrainingScale JITTER = TrainingScale.jittered(64, 96);

  @Test
  void drawDependsOnSeedEpochAndIndexAlone() {
    Augmentation paper = Augmentation.paper();
    Draw draw = paper.draw(JITTER, 1, 2, 3);
    assertThat(paper.draw(JITTER, 1, 2, 3)).isEqualTo(draw);
    assertThat(paper.draw(JITTER, 0, 2, 3)).isNotEqualTo(draw);
    assertThat(paper.draw(JITTER, 1, 3, 2)).isNotEqualTo(draw);
    assertThat(paper.draw(JITTER, 2, 1, 3)).isNotEqualTo(draw);
  }

  /** Fixed for good, and computed elsewhere: whoever changes these changes every seed's run. */
  @Test
  void drawsAreTheSameOnEveryMachine() {
    Draw draw = Augmentation.paper().draw(JITTER, 42, 0, 0);
    assertThat(draw.scale()).isEqualTo(81);
    assertThat(draw.x()).isEqualTo(0.33756432852374463);
    assertThat(draw.y()).isEqualTo(0.7580716692597969);
    assertThat(draw.flipped()).isTrue();
    assertThat(draw.a1()).isCloseTo(0.0021170413154022387, within(1e-15));
  }

  @Test
  void drawsHaveTheDistributionsOfSection31() {
    int n = 20_000;
    Draw[] draws =
        IntStream.range(0, n)
            .mapToObj(i -> Augmentation.paper().draw(JITTER, 5, i % 7, i))
            .toArray(Draw[]::new);
    int[] scales = new int[97];
    double flipped = 0;
    double x = 0;
    double[] a = new double[2];
    for (Draw draw : draws) {
      scales[draw.scale()]++;
      flipped += draw.flipped() ? 1.0 / n : 0;
      x += draw.x() / n;
      a[0] += (draw.a1() + draw.a2() + draw.a3()) / (3.0 * n);
      a[1] += (draw.a1() * draw.a1() + draw.a3() * draw.a3()) / (2.0 * n);
    }
    for (int scale = 64; scale <= 96; scale++) {
      assertThat(scales[scale]).isBetween(n / 33 - 110, n / 33 + 110);
    }
    assertThat(flipped).isCloseTo(0.5, within(0.015));
    assertThat(x).isCloseTo(0.5, within(0.01));
    assertThat(a[0]).isCloseTo(0, within(0.002));
    assertThat(Math.sqrt(a[1])).isCloseTo(0.1, within(0.002));
  }

  @Test
  void cropsReachEveryPlaceEquallyOften() {
    int[] places = new int[5];
    for (int i = 0; i < 10_000; i++) {
      places[Augmentation.paper().draw(JITTER, 9, 0, i).left(68, 64)]++;
    }
    for (int place : places) {
      assertThat(place).isBetween(1850, 2150);
    }
  }

  @Test
  void noneIsTheCenterCrop() {
    for (int i = 0; i < 20; i++) {
      Draw draw = Augmentation.none().draw(TrainingScale.fixed(80), 1, 1, i);
      assertThat(draw).isEqualTo(new Draw(80, 0.5, 0.5, false, 0, 0, 0));
      assertThat(draw.left(64 + i, 64)).isEqualTo(RgbImage.centered(64 + i, 64));
    }
  }

  @Test
  void switchingOneOffLeavesTheOthers() {
    Draw all = Augmentation.paper().draw(JITTER, 1, 1, 6);
    Draw flat = Augmentation.paper().colorShift(0).flip(false).draw(JITTER, 1, 1, 6);
    assertThat(flat).isEqualTo(new Draw(all.scale(), all.x(), all.y(), false, 0, 0, 0));
    assertThat(Augmentation.paper().flip(false).flip(true)).isEqualTo(Augmentation.paper());
    assertThat(Augmentation.paper()).hasToString("random crop, flip, color shift 0.1");
    assertThat(Augmentation.none()).hasToString("center crop");
    assertThatThrownBy(() -> Augmentation.none().colorShift(-1)).hasMessageContaining("-1");
  }

  @Test
  void scalesCheckAndPrintThemselves() {
    assertThat(TrainingScale.fixed(256)).hasToString("S=256");
    assertThat(JITTER).hasToString("S=[64;96]");
    assertThat(JITTER.draw(0)).isEqualTo(64);
    assertThat(JITTER.draw(Math.nextDown(1.0))).isEqualTo(96);
    assertThat(TrainingScale.fixed(256).draw(0.7)).isEqualTo(256);
    assertThatThrownBy(() -> TrainingScale.fixed(0)).hasMessageContaining("S is 0");
    assertThatThrownBy(() -> TrainingScale.jittered(5, 4)).hasMessageContaining("[5, 4]");
  }
}
