package verydeep.benchmarks;

import java.util.List;

/**
 * The middle and the ends of some numbers.
 *
 * @param median the mean of the middle two if there is no middle one
 */
record Spread(double smallest, double median, double largest) {

  static Spread of(List<Double> numbers) {
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    return new Spread(sorted[0], (sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[n - 1]);
  }
}
