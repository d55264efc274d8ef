package verydeep.network;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;

/**
 * An array of numbers in plain Java: 32-bit floats in row-major order, on the heap, in direct
 * memory or in a mapped file. It is not changed after it was made.
 */
public final class Tensor {

  private final List<Integer> sizes;
  private final FloatBuffer values;

  private Tensor(List<Integer> sizes, FloatBuffer values) {
    this.sizes = List.copyOf(sizes);
    this.values = values.slice().asReadOnlyBuffer();
    long expected =
        this.sizes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (expected != this.values.remaining()) {
      throw new NetworkException(
          "A tensor of shape "
              + sizes
              + " holds "
              + expected
              + " numbers; "
              + values.remaining()
              + " were given.");
    }
  }

  /**
   * A tensor over a buffer's remaining numbers, which are not copied.
   *
   * @param sizes the shape
   * @param values the numbers in row-major order
   * @return the tensor
   * @throws NetworkException if the shape does not hold so many numbers
   */
  public static Tensor of(List<Integer> sizes, FloatBuffer values) {
    return new Tensor(Objects.requireNonNull(sizes, "sizes"), values);
  }

  /**
   * A tensor over an array, which is not copied.
   *
   * @param sizes the shape
   * @param values the numbers in row-major order
   * @return the tensor
   * @throws NetworkException if the shape does not hold so many numbers
   */
  public static Tensor of(List<Integer> sizes, float... values) {
    return of(sizes, FloatBuffer.wrap(values));
  }

  /**
   * The shape.
   *
   * @return sizes, outermost first; empty for a single number
   */
  public List<Integer> sizes() {
    return sizes;
  }

  /**
   * The numbers.
   *
   * @return a read-only buffer of its own position
   */
  public FloatBuffer values() {
    return values.duplicate();
  }

  /**
   * How many numbers there are.
   *
   * @return the product of the sizes
   */
  public int size() {
    return values.remaining();
  }

  /**
   * The numbers copied.
   *
   * @return a new array
   */
  public float[] toArray() {
    float[] copy = new float[size()];
    values().get(copy);
    return copy;
  }

  /** The shape. */
  @Override
  public String toString() {
    return "Tensor " + sizes;
  }
}
