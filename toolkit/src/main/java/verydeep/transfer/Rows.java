package verydeep.transfer;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import verydeep.network.Tensor;

/** Vectors of one length as an array of a file, one row each, and back. */
final class Rows {

  private Rows() {}

  static Tensor write(List<float[]> vectors) {
    return write(vectors, vectors.isEmpty() ? 0 : vectors.get(0).length);
  }

  static Tensor write(List<float[]> vectors, int dimension) {
    FloatBuffer all = FloatBuffer.allocate(Math.multiplyExact(vectors.size(), dimension));
    vectors.forEach(all::put);
    return Tensor.of(List.of(vectors.size(), dimension), all.flip());
  }

  /**
   * The vectors of an array.
   *
   * @param array null if the file lacks it
   * @param count how many there must be
   * @throws IllegalArgumentException if they are missing, or there are more or fewer
   */
  static List<float[]> read(Tensor array, int count) {
    if (array == null || array.sizes().size() != 2 || array.sizes().get(0) != count) {
      throw new IllegalArgumentException(
          count + " images come with vectors " + (array == null ? "missing" : array));
    }
    FloatBuffer numbers = array.values();
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] vector = new float[array.sizes().get(1)];
      numbers.get(vector);
      vectors.add(vector);
    }
    return vectors;
  }
}
