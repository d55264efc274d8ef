package verydeep.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.WeightFile;

/**
 * The networks among the tensors of a file: wherever there is a first layer, its prefix, such as
 * {@code model_ema.}, may be that of a whole network.
 */
final class NetworkSearch {

  /**
   * A network.
   *
   * @param prefix what its tensors' names begin with; empty, or ending in a dot
   * @param tensors its tensors by their names without the prefix
   * @param candidate what its convolutions are
   */
  record Found(String prefix, Map<String, WeightFile.Stored> tensors, Candidate candidate) {
    String name() {
      return prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    }
  }

  private final Map<String, WeightFile.Stored> tensors;
  private final Set<String> prefixes = new TreeSet<>();

  private NetworkSearch(Map<String, WeightFile.Stored> tensors) {
    this.tensors = tensors;
    for (Map.Entry<String, WeightFile.Stored> entry : tensors.entrySet()) {
      String name = entry.getKey();
      for (Naming naming : Naming.values()) {
        String first = naming.first() + ".weight";
        boolean begins = name.equals(first) || name.endsWith("." + first);
        String prefix = name.substring(0, Math.max(0, name.length() - first.length()));
        if (begins && (naming != Naming.SEQUENCE || isSequence(prefix, entry.getValue()))) {
          prefixes.add(prefix);
        }
      }
    }
  }

  /** Returns whether 0.weight is a first convolution, and not only the end of features.0.weight. */
  private static boolean isSequence(String prefix, WeightFile.Stored first) {
    boolean ofFeatures = prefix.equals("features.") || prefix.endsWith(".features.");
    return !ofFeatures && first.tensor().sizes().size() == 4;
  }

  /** Returns all networks, the one without a prefix first; at least one. */
  static List<Found> in(Map<String, WeightFile.Stored> tensors) throws Malformed {
    NetworkSearch search = new NetworkSearch(tensors);
    List<Found> found = new ArrayList<>();
    for (String prefix : search.prefixes) {
      Map<String, WeightFile.Stored> group = search.group(prefix);
      Candidate.values().stream()
          .filter(c -> c.missing(group).isEmpty() && c.strangers(group).isEmpty())
          // timm's names of convolutions are torchvision's, the classifier's tell them apart
          .max(Comparator.comparingInt(c -> Head.of(c, group).tensors().size()))
          .ifPresent(c -> found.add(new Found(prefix, group, first(c, group))));
    }
    if (found.isEmpty()) {
      throw search.none();
    }
    return found;
  }

  /** Returns the first of equals, so that A comes before A-LRN. */
  private static Candidate first(Candidate best, Map<String, WeightFile.Stored> group) {
    return Candidate.values().stream()
        .filter(c -> c.naming() == best.naming())
        .filter(c -> c.missing(group).isEmpty() && c.strangers(group).isEmpty())
        .findFirst()
        .orElse(best);
  }

  /** Returns the tensors with a prefix but without a longer one, by their names after it. */
  private Map<String, WeightFile.Stored> group(String prefix) {
    List<String> longer =
        prefixes.stream().filter(p -> p.startsWith(prefix) && !p.equals(prefix)).toList();
    Map<String, WeightFile.Stored> group = new LinkedHashMap<>();
    tensors.forEach(
        (name, stored) -> {
          if (name.startsWith(prefix) && longer.stream().noneMatch(name::startsWith)) {
            group.put(name.substring(prefix.length()), stored);
          }
        });
    return group;
  }

  private Malformed none() {
    long offset = tensors.values().stream().mapToLong(WeightFile.Stored::offset).min().orElse(0);
    String what = "These are not the weights of a VGG network. ";
    if (tensors.isEmpty()) {
      return new Malformed(offset, what + "The file holds no arrays of floating-point numbers.");
    }
    String layers = "The file has the layers " + LayerNames.layers(tensors.keySet()) + ". ";
    if (prefixes.isEmpty()) {
      String firsts =
          List.of(Naming.values()).stream()
              .map(Naming::first)
              .distinct()
              .collect(Collectors.joining(", "));
      return new Malformed(
          offset, what + layers + "None is the first layer of a network: " + firsts + ".");
    }
    return new Malformed(offset, what + layers + nearest());
  }

  /** Says what the nearest network lacks, if half of it is there. */
  private String nearest() {
    String prefix = prefixes.iterator().next();
    Map<String, WeightFile.Stored> group = group(prefix);
    Candidate nearest =
        Candidate.values().stream()
            .min(Comparator.comparingInt(c -> c.missing(group).size() + c.strangers(group).size()))
            .orElseThrow();
    List<String> missing = nearest.missing(group);
    if (missing.size() > nearest.names().size() / 2) {
      return "Of a network's convolutions, it has only the first ones.";
    }
    List<String> strangers = nearest.strangers(group);
    return "The nearest network is "
        + nearest.network().configuration().label()
        + (nearest.network().batchNorm() ? " with BN" : "")
        + " with "
        + nearest.naming()
        + " names; the file lacks "
        + (missing.isEmpty() ? "none of its tensors" : "its " + LayerNames.few(missing))
        + (strangers.isEmpty() ? "" : ", and has besides " + LayerNames.few(strangers))
        + ".";
  }
}
