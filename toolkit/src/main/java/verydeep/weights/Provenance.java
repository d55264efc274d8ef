package verydeep.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The origin of weights: facts by name, such as the recipe, data, seed and versions of a training
 * run, or the source and license of published weights.
 *
 * @param facts the facts, in the order in which they are printed
 */
public record Provenance(Map<String, String> facts) {

  /**
   * Copies the facts.
   *
   * @param facts the facts, in the order in which they are printed
   */
  public Provenance {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /**
   * Returns an empty provenance.
   *
   * @return no facts
   */
  public static Provenance unknown() {
    return new Provenance(Map.of());
  }

  /**
   * Returns the same provenance with one more fact.
   *
   * @param name what the fact is about
   * @param value the fact itself
   * @return a new provenance
   */
  public Provenance with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(facts);
    more.put(name, String.valueOf(value));
    return new Provenance(more);
  }

  /** Returns one fact per line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    facts.forEach(
        (name, value) -> text.append("  ").append(name).append(": ").append(value).append('\n'));
    return text.toString().stripTrailing();
  }
}
