package verydeep.experiments;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.TDistribution;
import verydeep.VerydeepException;

/**
 * The same quantity for several seeds: its mean and how sure that is. The interval is Student's for
 * the mean over all seeds that could be drawn. The test images are the same for each, so that it
 * says nothing of other images.
 *
 * @param values one a seed, at least one
 */
record OverSeeds(List<Double> values) {

  OverSeeds {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new VerydeepException("A mean over seeds needs at least one.");
    }
  }

  double mean() {
    return values.stream().mapToDouble(v -> v).average().orElseThrow();
  }

  /** The deviation of one seed, estimated; NaN for a single seed. */
  double deviation() {
    double mean = mean();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return values.size() == 1 ? Double.NaN : Math.sqrt(squares / (values.size() - 1));
  }

  /** The lower end of the mean's 95% interval; NaN for a single seed. */
  double low() {
    return mean() - reach();
  }

  /** The upper end of the mean's 95% interval; NaN for a single seed. */
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

  /** Each value with one decimal. */
  String each() {
    return values.stream()
        .map(value -> String.format(Locale.ROOT, "%.1f", value))
        .collect(Collectors.joining(" "));
  }
}
