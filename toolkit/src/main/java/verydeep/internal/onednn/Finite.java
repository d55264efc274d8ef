package verydeep.internal.onednn;

import java.nio.IntBuffer;

/** Whether numbers are finite. */
final class Finite {

  /** The bits of the exponent, which NaN and infinities have all. */
  private static final int EXPONENT = 0x7f800000;

  /** The exponent's lowest bit; added to all of them it carries into the sign. */
  private static final int LOWEST = 0x00800000;

  private static final int PART = 4096;

  private Finite() {}

  /** Returns whether all of them are: zero times a finite number is zero, and else NaN. */
  static boolean all(float[] numbers) {
    float sum = 0;
    for (float number : numbers) {
      sum += 0 * number;
    }
    return sum == 0;
  }

  /** Returns whether a range of them, given as their bits, is. */
  static boolean all(IntBuffer bits, int from, int count) {
    int[] part = new int[Math.min(count, PART)];
    int carried = 0;
    for (int done = 0; done < count; done += part.length) {
      int next = Math.min(part.length, count - done);
      bits.get(from + done, part, 0, next);
      carried |= carried(part, next);
    }
    return carried >= 0;
  }

  /** In integers and by a loop of its own, since the compiler makes vector instructions of it. */
  private static int carried(int[] bits, int count) {
    int carried = 0;
    for (int i = 0; i < count; i++) {
      carried |= (bits[i] & EXPONENT) + LOWEST;
    }
    return carried;
  }
}
