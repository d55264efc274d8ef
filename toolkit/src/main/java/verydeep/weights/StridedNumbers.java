package verydeep.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import verydeep.internal.files.NumberType;
import verydeep.network.Tensor;

/**
 * Numbers that a file stores in another order than row by row: channels last, transposed, or column
 * by column. They stay in the file, and are put in order at each use.
 */
final class StridedNumbers {

  private final NumberType type;
  private final ByteBuffer numbers;

  private StridedNumbers(NumberType type, ByteBuffer numbers) {
    this.type = type;
    this.numbers = numbers;
  }

  /** Returns the numbers in a buffer's remaining bytes, little-endian. */
  static StridedNumbers of(NumberType type, ByteBuffer numbers) {
    return new StridedNumbers(type, numbers.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  /**
   * Returns the numbers as a tensor.
   *
   * @param sizes the tensor's shape
   * @param strides how far apart two neighbors in each dimension are, in numbers; the caller has
   *     checked that the last one is within the buffer
   */
  Tensor tensor(List<Integer> sizes, List<Long> strides) {
    int[] counts = sizes.stream().mapToInt(Integer::intValue).toArray();
    int[] steps = strides.stream().mapToInt(Math::toIntExact).toArray();
    return Tensor.computed(sizes, target -> write(counts, steps, 0, 0, target));
  }

  private void write(int[] counts, int[] steps, int dimension, int from, FloatBuffer target) {
    if (dimension == counts.length) {
      target.put(type.read(numbers, from));
      return;
    }
    int at = from;
    boolean last = dimension == counts.length - 1;
    for (int i = 0; i < counts[dimension]; i++, at += steps[dimension]) {
      if (last) {
        target.put(type.read(numbers, at));
      } else {
        write(counts, steps, dimension + 1, at, target);
      }
    }
  }
}
