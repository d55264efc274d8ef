package verydeep.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.NumberType;
import verydeep.internal.files.WeightFile;

/** An array of numbers in a pickle, which is made first and gets its shape and numbers later. */
final class NumpyArray {

  /** The type of an array's elements, such as f4; its byte order comes later. */
  static final class ElementType {
    private final String name;
    private boolean bigEndian;

    ElementType(String name) {
      this.name = name;
    }

    void order(Object state) {
      bigEndian = state instanceof List<?> list && list.size() > 1 && ">".equals(list.get(1));
    }

    /** Returns the type; null if it is not of floating-point numbers. */
    NumberType numbers(long offset) throws Malformed {
      NumberType type =
          switch (name) {
            case "f4" -> NumberType.F32;
            case "f2" -> NumberType.F16;
            case "f8" -> NumberType.F64;
            default -> null;
          };
      if (type != null && bigEndian) {
        throw new Malformed(offset, "The numbers of an array are not little-endian.");
      }
      return type;
    }
  }

  private static final int MOST_DIMENSIONS = 8;

  private final WeightFile.Stored stored;

  private NumpyArray(WeightFile.Stored stored) {
    this.stored = stored;
  }

  /** Returns the numbers in place; null if they are not floating-point. */
  WeightFile.Stored stored() {
    return stored;
  }

  /**
   * Checks what a pickle says of an array.
   *
   * @param shape the sizes
   * @param type the type of its elements
   * @param byColumns whether the first index varies fastest
   * @param content its bytes
   */
  static NumpyArray of(Object shape, Object type, boolean byColumns, Object content, long offset)
      throws Malformed {
    if (!(shape instanceof List<?> list)
        || list.size() > MOST_DIMENSIONS
        || !(type instanceof ElementType element)) {
      throw new Malformed(offset, "An array is not described in NumPy's way.");
    }
    NumberType numbers = element.numbers(offset);
    if (numbers == null) {
      return new NumpyArray(null);
    }
    List<Integer> sizes = new ArrayList<>();
    long bytes = numbers.bytes();
    for (Object size : list) {
      bytes = size instanceof Long n && n >= 0 && n <= Integer.MAX_VALUE ? bytes * n : -1;
      if (bytes < 0 || bytes > MappedBytes.LONGEST_RUN) {
        throw new Malformed(offset, "An array in the pickle has a size that cannot be.");
      }
      sizes.add((int) (long) (Long) size);
    }
    ByteBuffer buffer = buffer(content, offset);
    if (buffer.remaining() != bytes) {
      throw new Malformed(
          offset,
          "An array of shape "
              + sizes
              + " has "
              + buffer.remaining()
              + " bytes, not "
              + bytes
              + ".");
    }
    return new NumpyArray(
        new WeightFile.Stored(NumpyHeader.tensor(numbers, sizes, byColumns, buffer), offset));
  }

  /** Returns bytes in the file, or such as a program of Python 2 has as text. */
  private static ByteBuffer buffer(Object content, long offset) throws Malformed {
    if (content instanceof Cursor cursor) {
      return cursor.buffer();
    } else if (content instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    throw new Malformed(offset, "An array in the pickle has no numbers.");
  }
}
