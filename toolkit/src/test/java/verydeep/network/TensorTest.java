package verydeep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import verydeep.VerydeepException;

class TensorTest {

  private static final List<Integer> SIZES = List.of(2, 3);

  @Test
  void anotherShapeHasTheSameNumbersInTheirOrder() {
    Tensor tensor = Tensor.of(SIZES, 1, 2, 3, 4, 5, 6);
    Tensor turned = tensor.reshape(List.of(3, 2, 1));

    assertThat(turned.sizes()).containsExactly(3, 2, 1);
    assertThat(turned.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(tensor.sizes()).isEqualTo(SIZES);
    assertThat(turned).hasToString("Tensor [3, 2, 1]");
  }

  @Test
  void aShapeOfMoreOrFewerNumbersIsRefused() {
    Tensor tensor = Tensor.of(SIZES, 1, 2, 3, 4, 5, 6);

    assertThatThrownBy(() -> tensor.reshape(List.of(7)))
        .isInstanceOf(VerydeepException.class)
        .hasMessage("A tensor of shape [7] holds 7 numbers; 6 were given.");
    assertThatThrownBy(() -> Tensor.of(SIZES, 1, 2))
        .isInstanceOf(VerydeepException.class)
        .hasMessage("A tensor of shape [2, 3] holds 6 numbers; 2 were given.");
  }

  @Test
  void aScalarHasNoSizesAndOneNumber() {
    assertThat(Tensor.of(List.of(), 4).size()).isEqualTo(1);
    assertThat(Tensor.of(List.of(0, 5)).size()).isZero();
  }

  @Test
  void theRestOfABufferIsTaken() {
    FloatBuffer buffer = FloatBuffer.wrap(new float[] {9, 9, 1, 2, 3, 4, 5, 6, 9});
    buffer.position(2).limit(8);
    Tensor tensor = Tensor.of(SIZES, buffer);

    assertThat(tensor.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(buffer.position()).isEqualTo(2);
  }

  @Test
  void whatIsGivenOutCannotBeWrittenTo() {
    Tensor tensor = Tensor.of(SIZES, 1, 2, 3, 4, 5, 6);
    Tensor made = Tensor.computed(List.of(1), target -> target.put(5));

    assertThatThrownBy(() -> tensor.values().put(0, 7f))
        .isInstanceOf(ReadOnlyBufferException.class);
    assertThatThrownBy(() -> made.values().put(0, 7f)).isInstanceOf(ReadOnlyBufferException.class);
    tensor.toArray()[0] = 7;
    assertThat(tensor.values().get(0)).isEqualTo(1);
  }

  @Test
  void computedNumbersAreMadeAtEachUse() {
    List<Integer> made = new ArrayList<>();
    Tensor tensor =
        Tensor.computed(
            List.of(3),
            target -> {
              made.add(target.position());
              target.put(new float[] {1, 2, 3});
            });

    assertThat(made).isEmpty();
    assertThat(tensor.size()).isEqualTo(3);
    assertThat(tensor.toArray()).containsExactly(1, 2, 3);
    assertThat(tensor.values().remaining()).isEqualTo(3);
    FloatBuffer larger = FloatBuffer.allocate(8);
    larger.put(9);
    tensor.reshape(List.of(3, 1)).copyTo(larger);
    assertThat(larger.position()).isEqualTo(4);
    assertThat(made).containsExactly(0, 0, 1);
  }

  @Test
  void aMakerThatWritesTooFewNumbersIsFoundOut() {
    Tensor tensor = Tensor.computed(List.of(3), target -> target.put(1).put(2));

    assertThatThrownBy(tensor::toArray)
        .isInstanceOf(VerydeepException.class)
        .hasMessage("A tensor of shape [3] holds 3 numbers; 2 were given.");
  }

  @Test
  void aShapeOfMoreThanTwoThousandMillionNumbersIsNotCutOff() {
    assertThatThrownBy(() -> Tensor.computed(List.of(1 << 16, 1 << 16), target -> {}))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(
            () -> Tensor.computed(List.of(1 << 30, 1 << 30, 1 << 30, 1 << 30), target -> {}))
        .isInstanceOf(ArithmeticException.class);
  }
}
