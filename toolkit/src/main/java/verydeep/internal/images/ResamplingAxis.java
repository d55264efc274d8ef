package verydeep.internal.images;

import java.util.Arrays;

/**
 * The filter along one axis for some of its outputs: which inputs each has, and their weights in
 * fixed point with 22 fraction bits.
 */
final class ResamplingAxis {
  private static final int PRECISION = 22;
  private static final int HALF = 1 << (PRECISION - 1);

  private final int taps;
  private final int[] first;
  private final int[] count;
  private final int[] weights;
  private final int most;

  /**
   * Computes the filter.
   *
   * @param in the number of inputs
   * @param out the number of outputs of the whole axis
   * @param from the first output wanted
   * @param outputs the number of outputs wanted
   */
  ResamplingAxis(int in, int out, int from, int outputs) {
    double scale = (double) in / out;
    double support = Math.max(scale, 1);
    taps = (int) Math.ceil(support) * 2 + 1;
    first = new int[outputs];
    count = new int[outputs];
    weights = new int[Math.multiplyExact(outputs, taps)];
    double[] exact = new double[taps];
    for (int i = 0; i < outputs; i++) {
      double center = (from + i + 0.5) * scale;
      first[i] = Math.max(0, (int) (center - support + 0.5));
      count[i] = Math.min(in, (int) (center + support + 0.5)) - first[i];
      double sum = 0;
      for (int tap = 0; tap < count[i]; tap++) {
        double distance = Math.abs((tap + first[i] - center + 0.5) * (1 / support));
        exact[tap] = Math.max(0, 1 - distance);
        sum += exact[tap];
      }
      for (int tap = 0; tap < count[i]; tap++) {
        weights[i * taps + tap] = (int) (0.5 + exact[tap] / sum * (1 << PRECISION));
      }
    }
    most = Arrays.stream(count).max().orElse(0);
  }

  int outputs() {
    return first.length;
  }

  /** Returns the first input of an output. */
  int first(int output) {
    return first[output];
  }

  /** Returns the number of inputs of an output. */
  int count(int output) {
    return count[output];
  }

  /** Returns one past the last input of an output. */
  int end(int output) {
    return first[output] + count[output];
  }

  /** Returns the first input that any output needs. */
  int begin() {
    return first[0];
  }

  /** Returns one past the last input that any output needs. */
  int end() {
    return end(outputs() - 1);
  }

  /** Returns the largest number of inputs of an output. */
  int most() {
    return most;
  }

  /**
   * Computes one output for many levels at once, in loops that the compiler turns into vector
   * instructions, which it does for whole arrays only. Enlarging takes two inputs, and shrinking by
   * less than two mostly three; weighed by so few, no level rounds up to 256.
   *
   * @param output which
   * @param inputs an array with the levels of each of its inputs
   * @param out what they become
   * @param length the number of levels
   */
  void filter(int output, int[][] inputs, int[] out, int length) {
    int k = output * taps;
    if (count[output] == 3) {
      ofThree(inputs, weights[k], weights[k + 1], weights[k + 2], out, length);
    } else if (count[output] == 2) {
      ofTwo(inputs[0], inputs[1], weights[k], weights[k + 1], out, length);
    } else {
      begin(out, length);
      for (int tap = 0; tap < count[output]; tap++) {
        add(output, tap, inputs[tap], out, length);
      }
      end(out, length);
    }
  }

  private static void ofTwo(int[] first, int[] second, int a, int b, int[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = (HALF + first[i] * a + second[i] * b) >> PRECISION;
    }
  }

  private static void ofThree(int[][] inputs, int a, int b, int c, int[] out, int length) {
    int[] first = inputs[0];
    int[] second = inputs[1];
    int[] third = inputs[2];
    for (int i = 0; i < length; i++) {
      out[i] = (HALF + first[i] * a + second[i] * b + third[i] * c) >> PRECISION;
    }
  }

  /** Begins sums that are added to input by input. */
  static void begin(int[] sums, int length) {
    Arrays.fill(sums, 0, length, HALF);
  }

  /** Adds the levels of an output's input to its sums. */
  void add(int output, int tap, int[] levels, int[] sums, int length) {
    int weight = weights[output * taps + tap];
    for (int i = 0; i < length; i++) {
      sums[i] += levels[i] * weight;
    }
  }

  /** Turns sums into levels. */
  static void end(int[] sums, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] = Math.min(255, sums[i] >> PRECISION);
    }
  }
}
