package verydeep.internal.onednn;

import java.nio.FloatBuffer;

/** Whether numbers are finite. */
final class Finite {

  private Finite() {}

  /** Returns whether all of them are. */
  static boolean all(float[] numbers) {
    return all(FloatBuffer.wrap(numbers), 0, numbers.length);
  }

  /** Returns whether a range of them is: zero times a finite number is zero, and else NaN. */
  static boolean all(FloatBuffer numbers, int from, int count) {
    float sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += 0 * numbers.get(i);
    }
    return sum == 0;
  }
}
