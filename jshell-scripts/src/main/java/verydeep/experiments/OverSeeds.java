package verydeep.experiments;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.TDistribution;
import verydeep.VerydeepException;

/**
 * The same quantity for several seeds: its mean and the mean's interval. This is Student's interval
 * for the mean over all possible seeds. The test images are the same for each seed, so it says
 * nothing about other images.
 *
 * @param values one per seed, at least one
 */
record OverSeeds(List<Double> values) {

  OverSeeds {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new VerydeepException("A mean over seeds needs at least one value.");
    }
  }

  double mean() {
    return values.stream().mapToDouble(v -> v).average().orElseThrow();
  }

  /** Returns the estimated deviation of one seed; NaN for a single seed. */
  double deviation() {
    double mean = mean();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return values.size() == 1 ? Double.NaN : Math.sqrt(squares / (values.size() - 1));
  }

  /** Returns the lower end of the mean's 95% interval; NaN for a single seed. */
  double low() {
    return mean() - reach();
  }

  /** Returns the upper end of the mean's 95% interval; NaN for a single seed. */
  double high() {
    return mean() + reach();
  }

  private double reach() {
    int count = values.size();
    return count == 1
        ? Double.NaN
        : new TDistribution(count - 1).inverseCumulativeProbability(0.975)
            * deviation()
            / Math.sqrt(count);
  }

  /** Returns each value with one decimal. */
  String each() {
    return values.stream()
        .map(value -> String.format(Locale.ROOT, "%.1f", value))
        .collect(Collectors.joining(" "));
  }
}
