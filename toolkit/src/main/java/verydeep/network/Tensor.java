package verydeep.network;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import verydeep.VerydeepException;

/**
 * An array of numbers in plain Java: 32-bit floats in row-major order, on the heap, in direct
 * memory, in a mapped file, or made from one at each use. It is not changed after it was made.
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
   * A tensor over a buffer's remaining numbers, which are not copied.
   *
   * @param sizes the shape
   * @param values the numbers in row-major order
   * @return the tensor
   * @throws VerydeepException if the shape does not hold so many numbers
   */
  public static Tensor of(List<Integer> sizes, FloatBuffer values) {
    FloatBuffer numbers = values.slice().asReadOnlyBuffer();
    return new Tensor(Objects.requireNonNull(sizes, "sizes"), numbers, null);
  }

  /**
   * A tensor whose numbers are made anew whenever they are asked for, and kept by nobody: for those
   * that a file stores in another form.
   *
   * @param sizes the shape
   * @param maker writes the numbers in row-major order, the same each time; if it writes another
   *     count than the shape holds, {@link #values()} and {@link #copyTo} throw a VerydeepException
   * @return the tensor
   */
  public static Tensor computed(List<Integer> sizes, Consumer<FloatBuffer> maker) {
    return new Tensor(sizes, null, Objects.requireNonNull(maker, "maker"));
  }

  /**
   * A tensor over an array, which is not copied.
   *
   * @param sizes the shape
   * @param values the numbers in row-major order
   * @return the tensor
   * @throws VerydeepException if the shape does not hold so many numbers
   */
  public static Tensor of(List<Integer> sizes, float... values) {
    return of(sizes, FloatBuffer.wrap(values));
  }

  /**
   * The same numbers in another shape.
   *
   * @param sizes the shape, of as many numbers
   * @return a tensor over the same numbers, which are not copied
   * @throws VerydeepException if the shape does not hold so many numbers
   */
  public Tensor reshape(List<Integer> sizes) {
    Tensor tensor = new Tensor(sizes, values, maker);
    tensor.check(size);
    return tensor;
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
    if (values != null) {
      return values.duplicate();
    }
    FloatBuffer made = FloatBuffer.allocate(size);
    copyTo(made);
    return made.flip().asReadOnlyBuffer();
  }

  /**
   * Copies the numbers, without taking memory of their size for it.
   *
   * @param target where to, from its position on, which then stands behind them
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
   * How many numbers there are.
   *
   * @return the product of the sizes
   */
  public int size() {
    return size;
  }

  /**
   * The numbers copied.
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

  /** The shape. */
  @Override
  public String toString() {
    return "Tensor " + sizes;
  }
}
