package verydeep.inspection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How far two images are from each other in a network's layers.
 *
 * @param value the sum over the layers; 0 for equal images
 * @param byLayer each layer's part
 * @param basis what the distance stands on: layers, heads and network, and what is known of them
 */
public record PerceptualDifference(double value, Map<String, Double> byLayer, String basis) {

  /**
   * Copies the parts.
   *
   * @param value the sum over the layers
   * @param byLayer each layer's part
   * @param basis what the distance stands on
   */
  public PerceptualDifference {
    byLayer = Collections.unmodifiableMap(new LinkedHashMap<>(byLayer));
  }

  /** Returns the value and what it stands on. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.6f\n%s", value, basis);
  }
}
