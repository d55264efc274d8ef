package verydeep.network;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import verydeep.VerydeepException;

/**
 * An array of numbers in plain Java: 32-bit floats in row-major order, on the heap, in direct
 * memory, in a mapped file, or computed from a file at each use. Never modified after creation.
 */
public final class Tensor {

  private final List<Integer> sizes;
  private final int size;
  private final FloatBuffer values;
  private final Consumer<FloatBuffer> maker;

  private Tensor(List<Integer> sizes, FloatBuffer values, Consumer<FloatBuffer> maker) {
    this.sizes = List.copyOf(sizes);
    this.size =
        Math.toIntExact(
            this.sizes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact));
    this.values = values;
    this.maker = maker;
    if (values != null) {
      check(values.remaining());
    }
  }

  /**
   * Creates a tensor over a buffer's remaining numbers, which are not copied.
   *
   * @param sizes the shape
   * @param values the numbers in row-major order
   * @return the tensor
   * @throws VerydeepException if the shape does not match the count of numbers
   */
  public static Tensor of(List<Integer> sizes, FloatBuffer values) {
    FloatBuffer numbers = values.slice().asReadOnlyBuffer();
    return new Tensor(Objects.requireNonNull(sizes, "sizes"), numbers, null);
  }

  /**
   * Creates a tensor whose numbers are computed each time they are needed and never kept, for
   * numbers that a file stores in another form.
   *
   * @param sizes the shape
   * @param maker writes the numbers in row-major order, the same each time; if it does not write
   *     exactly as many as the shape holds, {@link #values()} and {@link #copyTo} throw a
   *     VerydeepException
   * @return the tensor
   */
  public static Tensor computed(List<Integer> sizes, Consumer<FloatBuffer> maker) {
    return new Tensor(sizes, null, Objects.requireNonNull(maker, "maker"));
  }

  /**
   * Creates a tensor over an array, which is not copied.
   *
   * @param sizes the shape
   * @param values the numbers in row-major order
   * @return the tensor
   * @throws VerydeepException if the shape does not match the count of numbers
   */
  public static Tensor of(List<Integer> sizes, float... values) {
    return of(sizes, FloatBuffer.wrap(values));
  }

  /**
   * Returns the same numbers in another shape.
   *
   * @param sizes the shape, with the same count of numbers
   * @return a tensor over the same numbers, which are not copied
   * @throws VerydeepException if the shape does not match the count of numbers
   */
  public Tensor reshape(List<Integer> sizes) {
    Tensor tensor = new Tensor(sizes, values, maker);
    tensor.check(size);
    return tensor;
  }

  /**
   * Returns the shape.
   *
   * @return the sizes, outermost first; empty for a single number
   */
  public List<Integer> sizes() {
    return sizes;
  }

  /**
   * Returns the numbers.
   *
   * @return a read-only buffer with its own position
   */
  public FloatBuffer values() {
    if (values != null) {
      return values.duplicate();
    }
    FloatBuffer made = FloatBuffer.allocate(size);
    copyTo(made);
    return made.flip().asReadOnlyBuffer();
  }

  /**
   * Copies the numbers, without allocating memory of their size.
   *
   * @param target the buffer to copy to, starting at its position, which is advanced past them
   */
  public void copyTo(FloatBuffer target) {
    if (values != null) {
      target.put(values.duplicate());
    } else {
      int from = target.position();
      maker.accept(target);
      check(target.position() - from);
    }
  }

  /**
   * Returns how many numbers there are.
   *
   * @return the product of the sizes
   */
  public int size() {
    return size;
  }

  /**
   * Returns a copy of the numbers.
   *
   * @return a new array
   */
  public float[] toArray() {
    float[] copy = new float[size()];
    copyTo(FloatBuffer.wrap(copy));
    return copy;
  }

  private void check(int given) {
    if (given != size) {
      throw new VerydeepException(
          "A tensor of shape " + sizes + " holds " + size + " numbers; " + given + " were given.");
    }
  }

  /** Returns the shape. */
  @Override
  public String toString() {
    return "Tensor " + sizes;
  }
}
