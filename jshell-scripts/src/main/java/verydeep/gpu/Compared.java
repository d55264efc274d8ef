package verydeep.gpu;

import verydeep.network.Parameters;

/** Measures of how far numbers are apart. */
final class Compared {

  private Compared() {}

  /** Returns the largest difference relative to the largest expected number. */
  static double toLargest(float[] given, float[] expected) {
    double apart = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      apart = Math.max(apart, Math.abs((double) given[i] - expected[i])); // stays not a number
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    return apart / largest;
  }

  /**
   * Returns the difference between two movements of the weights, relative to the expected movement,
   * as root sums of squares: 1 if they did not move at all, 2 if they moved the opposite way.
   */
  static double steps(Parameters given, Parameters expected, Parameters before) {
    double apart = 0;
    double moved = 0;
    for (String name : expected.names()) {
      float[] a = given.get(name).toArray();
      float[] b = expected.get(name).toArray();
      float[] from = before.get(name).toArray();
      for (int i = 0; i < a.length; i++) {
        double difference = (double) a[i] - b[i];
        double step = (double) b[i] - from[i];
        apart += difference * difference;
        moved += step * step;
      }
    }
    return Math.sqrt(apart / moved);
  }

  /** Returns whether weights are equal, except for what a step at a tiny rate changes. */
  static boolean same(Parameters one, Parameters other) {
    for (String name : one.names()) {
      float[] a = one.get(name).toArray();
      float[] b = other.get(name).toArray();
      for (int i = 0; i < a.length; i++) {
        if (Math.abs(a[i] - b[i]) > 1e-20) {
          return false;
        }
      }
    }
    return true;
  }
}
