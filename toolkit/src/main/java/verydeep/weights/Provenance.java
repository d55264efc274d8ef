package verydeep.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where weights came from: facts by name, such as the recipe, the data, the seed and the versions
 * of a training, or the origin and the licence of published weights.
 *
 * @param facts in the order in which they are printed
 */
public record Provenance(Map<String, String> facts) {

  /**
   * Copies the facts.
   *
   * @param facts in the order in which they are printed
   */
  public Provenance {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /**
   * Nothing known.
   *
   * @return no facts
   */
  public static Provenance unknown() {
    return new Provenance(Map.of());
  }

  /**
   * The same with one fact more.
   *
   * @param name what it is about
   * @param value what is so
   * @return a new provenance
   */
  public Provenance with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(facts);
    more.put(name, String.valueOf(value));
    return new Provenance(more);
  }

  /** A fact a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    facts.forEach(
        (name, value) -> text.append("  ").append(name).append(": ").append(value).append('\n'));
    return text.toString().stripTrailing();
  }
}
