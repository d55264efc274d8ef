package verydeep.internal.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import verydeep.data.Augmentation;
import verydeep.data.RgbImage;
import verydeep.data.TrainingScale;

class DrawTest {
  private static final TrainingScale JITTER = TrainingScale.jittered(64, 96);

  private static Draw paper(long seed, int epoch, int index) {
    return Draw.of(Augmentation.paper(), JITTER, seed, epoch, index);
  }

  @Test
  void drawDependsOnSeedEpochAndIndexAlone() {
    Draw draw = paper(1, 2, 3);
    assertThat(paper(1, 2, 3)).isEqualTo(draw);
    assertThat(paper(0, 2, 3)).isNotEqualTo(draw);
    assertThat(paper(1, 3, 2)).isNotEqualTo(draw);
    assertThat(paper(2, 1, 3)).isNotEqualTo(draw);
  }

  /** Fixed for good, and computed elsewhere: whoever changes these changes every seed's run. */
  @Test
  void drawsAreTheSameOnEveryMachine() {
    Draw draw = paper(42, 0, 0);
    assertThat(draw.scale()).isEqualTo(81);
    assertThat(draw.x()).isEqualTo(0.33756432852374463);
    assertThat(draw.y()).isEqualTo(0.7580716692597969);
    assertThat(draw.flipped()).isTrue();
    assertThat(draw.a1()).isCloseTo(0.0021170413154022387, within(1e-15));
  }

  @Test
  void drawsHaveTheDistributionsOfSection31() {
    int n = 20_000;
    Draw[] draws = IntStream.range(0, n).mapToObj(i -> paper(5, i % 7, i)).toArray(Draw[]::new);
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
      places[paper(9, 0, i).left(68, 64)]++;
    }
    for (int place : places) {
      assertThat(place).isBetween(1850, 2150);
    }
  }

  @Test
  void noneIsTheCenterCrop() {
    for (int i = 0; i < 20; i++) {
      Draw draw = Draw.of(Augmentation.none(), TrainingScale.fixed(80), 1, 1, i);
      assertThat(draw).isEqualTo(new Draw(80, 0.5, 0.5, false, 0, 0, 0));
      RgbImage columns = columns(64 + i);
      assertThat(draw.left(64 + i, 64)).isEqualTo(columns.centerCrop(64).red(0, 0));
    }
  }

  /** An image each of whose pixels is as red as it is far from the left. */
  private static RgbImage columns(int side) {
    byte[] rgb = new byte[3 * side * side];
    for (int i = 0; i < side * side; i++) {
      rgb[3 * i] = (byte) (i % side);
    }
    return RgbImage.of(side, side, rgb);
  }

  @Test
  void switchingOneOffLeavesTheOthers() {
    Draw all = paper(1, 1, 6);
    Draw flat = Draw.of(Augmentation.paper().colorShift(0).flip(false), JITTER, 1, 1, 6);
    assertThat(flat).isEqualTo(new Draw(all.scale(), all.x(), all.y(), false, 0, 0, 0));
  }

  @Test
  void aSideIsEquallyLikelyUpToTheLargest() {
    assertThat(Draw.side(JITTER, 0)).isEqualTo(64);
    assertThat(Draw.side(JITTER, Math.nextDown(1.0))).isEqualTo(96);
    assertThat(Draw.side(TrainingScale.fixed(256), 0.7)).isEqualTo(256);
  }
}
