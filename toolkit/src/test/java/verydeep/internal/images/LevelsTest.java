package verydeep.internal.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Room for images of many shapes, one after another. */
class LevelsTest {

  @Test
  void roomThatIsLargeEnoughStays() {
    Levels room = Levels.allocate(4, 100);
    assertThat(room.atLeast(4, 100)).isSameAs(room);
    assertThat(room.atLeast(2, 200)).isSameAs(room);
  }

  @Test
  void roomForMoreImagesKeepsRoomForLargerOnes() {
    Levels few = Levels.allocate(2, 1000);
    Levels many = few.atLeast(30, 10);
    assertThat(many.size()).isEqualTo(30);
    assertThat(many.atLeast(2, 1000)).isSameAs(many);
    assertThat(many.part(30, 10).tables().capacity()).isEqualTo(30 * 3 * Levels.COUNT);
  }

  @Test
  void roomOfNothingHoldsNothing() {
    Levels none = Levels.allocate(0, 0);
    assertThat(none.atLeast(1, 1)).isNotSameAs(none);
  }

  @Test
  void partsShareTheMemory() {
    Levels room = Levels.allocate(3, 20);
    Levels part = room.part(2, 15);
    assertThat(part.bytes().capacity()).isEqualTo(2 * 3 * 15);
    room.bytes().put(7, (byte) 9);
    room.tables().put(9, 1.5f);
    assertThat(part.bytes().get(7)).isEqualTo((byte) 9);
    assertThat(part.floats().get(7)).isEqualTo(1.5f);
    assertThat(part.floats().get(0)).isZero();
  }
}
