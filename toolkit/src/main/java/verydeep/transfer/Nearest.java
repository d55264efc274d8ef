package verydeep.transfer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The exact search for the vectors most like a given one: all of them are compared. */
final class Nearest {

  /** From this many vectors on, several threads compare. */
  private static final int MANY = 4096;

  private Nearest() {}

  /**
   * The indices of the vectors with the largest product.
   *
   * @param vectors of one length
   * @param vector as long as they are
   * @param count how many at most
   * @param wanted which indices count
   * @return the largest first; of equal ones the smaller index first
   */
  static List<Integer> of(List<float[]> vectors, float[] vector, int count, IntPredicate wanted) {
    double[] alike = new double[vectors.size()];
    IntStream all = IntStream.range(0, alike.length);
    (alike.length < MANY ? all : all.parallel())
        .forEach(i -> alike[i] = product(vectors.get(i), vector));
    Comparator<Integer> best =
        Comparator.comparingDouble((Integer i) -> -alike[i]).thenComparing(i -> i);
    PriorityQueue<Integer> found = new PriorityQueue<>(best.reversed());
    for (int i = 0; i < alike.length; i++) {
      if (wanted.test(i)) {
        found.add(i);
        if (found.size() > count) {
          found.remove(); // the worst
        }
      }
    }
    List<Integer> sorted = new ArrayList<>(found);
    sorted.sort(best);
    return List.copyOf(sorted);
  }

  /** In four sums, since each addition waits for the one before it. */
  static double product(float[] one, float[] other) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < one.length; i += 4) {
      a += (double) one[i] * other[i];
      b += (double) one[i + 1] * other[i + 1];
      c += (double) one[i + 2] * other[i + 2];
      d += (double) one[i + 3] * other[i + 3];
    }
    for (; i < one.length; i++) {
      a += (double) one[i] * other[i];
    }
    return (a + b) + (c + d);
  }
}
