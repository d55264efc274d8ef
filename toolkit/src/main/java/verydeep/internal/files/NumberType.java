package verydeep.internal.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import verydeep.network.Tensor;

/**
 * The little-endian number types in files. 32-bit floats are used in place; the others are
 * converted to them at each use, so that nothing is kept besides the file.
 */
public enum NumberType {
  F32(4),
  F16(2),
  BF16(2),
  F64(8);

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  public int bytes() {
    return bytes;
  }

  /** Returns a tensor over a buffer's remaining bytes, whose number must match the shape. */
  public Tensor tensor(List<Integer> sizes, ByteBuffer stored) {
    ByteBuffer numbers = stored.slice().order(ByteOrder.LITTLE_ENDIAN);
    return this == F32
        ? Tensor.of(sizes, numbers.asFloatBuffer())
        : Tensor.computed(sizes, target -> widen(numbers, target));
  }

  /**
   * Returns one number, converted to 32 bits: F64 is rounded, the others lose nothing.
   *
   * @param numbers the numbers' bytes, little-endian
   * @param index which of them
   */
  public float read(ByteBuffer numbers, int index) {
    int at = index * bytes;
    return switch (this) {
      case F32 -> numbers.getFloat(at);
      case F16 -> HalfFloats.widen(numbers.getShort(at));
      case BF16 -> Float.intBitsToFloat(numbers.getShort(at) << 16);
      case F64 -> (float) numbers.getDouble(at);
    };
  }

  private void widen(ByteBuffer numbers, FloatBuffer target) {
    for (int i = 0; i < numbers.limit() / bytes; i++) {
      target.put(read(numbers, i));
    }
  }
}
