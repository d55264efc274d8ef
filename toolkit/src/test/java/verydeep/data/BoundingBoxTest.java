package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import verydeep.VerydeepException;

/** What must hold for any two boxes, of many drawn by chance, and boxes at the edge of sense. */
class BoundingBoxTest {

  private static final int DRAWS = 2_000;

  @Test
  void iouByHand() {
    BoundingBox box = new BoundingBox(0, 0, 10, 10);

    assertThat(box.iou(new BoundingBox(5, 0, 15, 10))).isEqualTo(50.0 / 150);
    assertThat(box.iou(new BoundingBox(0, 0, 10, 5))).isEqualTo(0.5);
    assertThat(box.iou(new BoundingBox(10, 0, 20, 10))).isZero();
    assertThat(box.iou(new BoundingBox(3, 3, 3, 3))).isZero();
    assertThat(new BoundingBox(3, 3, 3, 3).iou(new BoundingBox(3, 3, 3, 3))).isZero();
  }

  @RepeatedTest(4)
  void iouIsAShareSymmetricAndOneForTheSameBoxAlone(RepetitionInfo info) {
    SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    for (int i = 0; i < DRAWS; i++) {
      BoundingBox one = box(random);
      BoundingBox other = box(random);

      assertThat(one.iou(other)).isBetween(0.0, 1.0).isEqualTo(other.iou(one));
      assertThat(one.iou(one)).isEqualTo(one.area() > 0 ? 1 : 0);
      if (one.iou(other) == 1) {
        assertThat(one).isEqualTo(other);
      }
      assertThat(one.intersection(other))
          .isLessThanOrEqualTo(Math.min(one.area(), other.area()) * (1 + 1e-12));
    }
  }

  /** Counts the cells of a grid, which is no formula. Coordinates are whole numbers here. */
  @Test
  void iouIsTheShareOfCells() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 500; i++) {
      BoundingBox one = whole(random);
      BoundingBox other = whole(random);
      int both = 0;
      int any = 0;
      for (int x = 0; x < 16; x++) {
        for (int y = 0; y < 16; y++) {
          boolean inOne = holds(one, x, y);
          boolean inOther = holds(other, x, y);
          both += inOne && inOther ? 1 : 0;
          any += inOne || inOther ? 1 : 0;
        }
      }

      assertThat(one.iou(other)).isEqualTo(any == 0 ? 0 : (double) both / any);
    }
  }

  @Test
  void iouStaysWhenBothAreMovedScaledOrFlipped() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < DRAWS; i++) {
      BoundingBox one = box(random);
      BoundingBox other = box(random);
      double iou = one.iou(other);
      double x = random.nextDouble(-50, 50);
      double wide = random.nextDouble(0.1, 10);

      assertThat(one.translated(x, 7).iou(other.translated(x, 7))).isCloseTo(iou, within(1e-9));
      assertThat(one.scaled(wide, 3).iou(other.scaled(wide, 3))).isCloseTo(iou, within(1e-9));
      assertThat(one.flipped(100).iou(other.flipped(100))).isCloseTo(iou, within(1e-9));
      assertThat(one.flipped(100).flipped(100).iou(one))
          .isCloseTo(one.area() > 0 ? 1 : 0, within(1e-9));
    }
  }

  @Test
  void clippingKeepsWhatLiesInside() {
    SplittableRandom random = new SplittableRandom(7);
    BoundingBox image = new BoundingBox(0, 0, 60, 40);
    for (int i = 0; i < DRAWS; i++) {
      BoundingBox box = box(random).translated(-30, -30);
      BoundingBox inside = box.clip(60, 40);

      assertThat(inside.area()).isCloseTo(box.intersection(image), within(1e-9));
      assertThat(inside.clip(60, 40)).isEqualTo(inside);
    }
    assertThat(new BoundingBox(-9, -9, -4, -4).clip(60, 40)).isEqualTo(new BoundingBox(0, 0, 0, 0));
  }

  @Test
  void boxFromItsCenter() {
    BoundingBox box = BoundingBox.centered(10, 20, 6, 8);

    assertThat(box).isEqualTo(new BoundingBox(7, 16, 13, 24));
    assertThat(box.centerX()).isEqualTo(10);
    assertThat(box.centerY()).isEqualTo(20);
    assertThat(box.diagonal()).isEqualTo(10);
    assertThat(box).hasToString("(7, 16)-(13, 24)");
    assertThat(box.translated(0.26, 0)).hasToString("(7.3, 16)-(13.3, 24)");
  }

  @Test
  void boxOfOnePixelIsDegenerateALargerOneIsNot() {
    assertThat(new BoundingBox(503, 336, 504, 337).isDegenerate()).isTrue();
    assertThat(new BoundingBox(503, 336, 504, 400).isDegenerate()).isTrue();
    assertThat(new BoundingBox(503, 336, 505, 338).isDegenerate()).isFalse();
  }

  @Test
  void invalidBoxIsRejected() {
    assertThatThrownBy(() -> new BoundingBox(5, 0, 4, 1))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("(5.0, 0.0) and (4.0, 1.0)");
    assertThatThrownBy(() -> new BoundingBox(0, Double.NaN, 1, 1))
        .isInstanceOf(VerydeepException.class);
    assertThatThrownBy(() -> new BoundingBox(0, 0, Double.POSITIVE_INFINITY, 1))
        .isInstanceOf(VerydeepException.class);
    assertThatThrownBy(() -> BoundingBox.centered(0, 0, -1, 1))
        .isInstanceOf(VerydeepException.class);
  }

  /** One in ten without area. */
  private static BoundingBox box(SplittableRandom random) {
    double left = random.nextDouble(100);
    double top = random.nextDouble(100);
    double width = random.nextInt(10) == 0 ? 0 : random.nextDouble(60);
    return new BoundingBox(left, top, left + width, top + random.nextDouble(60));
  }

  private static BoundingBox whole(SplittableRandom random) {
    int left = random.nextInt(16);
    int top = random.nextInt(16);
    return new BoundingBox(left, top, random.nextInt(left, 17), random.nextInt(top, 17));
  }

  private static boolean holds(BoundingBox box, int x, int y) {
    return x >= box.left() && x < box.right() && y >= box.top() && y < box.bottom();
  }
}
