package verydeep.transfer;

import java.nio.FloatBuffer;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import verydeep.VerydeepException;
import verydeep.internal.files.TensorFile;
import verydeep.network.Tensor;

/** Vectors of one length as an array of a file, one row each, and back. */
final class Rows {

  /** Arrays of this many numbers or more (4 MB) stay in the file, and are read from there. */
  private static final int LARGE = 1 << 20;

  private Rows() {}

  static Tensor write(List<float[]> vectors) {
    int dimension = vectors.isEmpty() ? 0 : vectors.get(0).length;
    FloatBuffer all = FloatBuffer.allocate(Math.multiplyExact(vectors.size(), dimension));
    vectors.forEach(all::put);
    return Tensor.of(List.of(vectors.size(), dimension), all.flip());
  }

  /**
   * The vectors of an array.
   *
   * @param array null if the file lacks it
   * @param count how many there must be
   * @return the vectors; those of a large array take no heap, and each call reads one again
   * @throws IllegalArgumentException if they are missing, or there are more or fewer
   */
  static List<float[]> read(Tensor array, int count) {
    if (array == null || array.sizes().size() != 2 || array.sizes().get(0) != count) {
      throw new VerydeepException(
          "Its %d images come with vectors %s.".formatted(count, TensorFile.shape(array)));
    }
    List<float[]> inFile = new InFile(array.values(), count, array.sizes().get(1));
    return array.size() < LARGE ? List.copyOf(inFile) : inFile;
  }

  /** Rows of a mapped file. */
  private static final class InFile extends AbstractList<float[]> implements RandomAccess {

    private final FloatBuffer numbers;
    private final int count;
    private final int dimension;

    private InFile(FloatBuffer numbers, int count, int dimension) {
      this.numbers = numbers;
      this.count = count;
      this.dimension = dimension;
    }

    @Override
    public float[] get(int index) {
      float[] vector = new float[dimension];
      numbers.get(Math.multiplyExact(index, dimension), vector);
      return vector;
    }

    @Override
    public int size() {
      return count;
    }
  }
}
