package verydeep.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    /** Returns its name in the file, with which it is chosen. */
    String name() {
      return prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    }

    /** Returns whether a tensor of the file is one of its own. */
    boolean has(String tensor) {
      return tensor.startsWith(prefix) && tensors.containsKey(tensor.substring(prefix.length()));
    }
  }

  /** Names above this are of no network, and are not taken apart. */
  private static final int LONGEST_NAME = 1000;

  private final Map<String, WeightFile.Stored> tensors;

  /** The tensors by the longest prefix that their names have, and by their names after it. */
  private final Map<String, Map<String, WeightFile.Stored>> groups = new TreeMap<>();

  private NetworkSearch(Map<String, WeightFile.Stored> tensors) {
    this.tensors = tensors;
    for (Map.Entry<String, WeightFile.Stored> entry : tensors.entrySet()) {
      if (entry.getKey().length() <= LONGEST_NAME) {
        addPrefix(entry.getKey(), entry.getValue());
      }
    }
    tensors.forEach(
        (name, stored) -> {
          String prefix = prefix(name);
          if (prefix != null) {
            groups.get(prefix).put(name.substring(prefix.length()), stored);
          }
        });
  }

  /** Adds what stands before the name of a first layer. */
  private void addPrefix(String name, WeightFile.Stored stored) {
    for (Naming naming : Naming.values()) {
      String first = naming.first() + ".weight";
      boolean begins = name.equals(first) || name.endsWith("." + first);
      String prefix = name.substring(0, Math.max(0, name.length() - first.length()));
      if (begins && (naming != Naming.SEQUENCE || isSequence(prefix, stored))) {
        groups.put(prefix, new LinkedHashMap<>());
      }
    }
  }

  /**
   * Returns whether 0.weight is a first convolution, of an image's three channels, and not only the
   * end of features.0.weight.
   */
  private static boolean isSequence(String prefix, WeightFile.Stored first) {
    boolean ofFeatures = prefix.equals("features.") || prefix.endsWith(".features.");
    List<Integer> sizes = first.tensor().sizes();
    return !ofFeatures && sizes.size() == 4 && sizes.get(1) == 3;
  }

  /** Returns the longest prefix of a name; null if it has none. */
  private String prefix(String name) {
    int dot = name.length() > LONGEST_NAME ? -1 : name.lastIndexOf('.');
    while (dot > 0 && !groups.containsKey(name.substring(0, dot + 1))) {
      dot = name.lastIndexOf('.', dot - 1);
    }
    String prefix = dot < 0 ? "" : name.substring(0, dot + 1);
    return groups.containsKey(prefix) ? prefix : null;
  }

  /** Returns all networks, the one without a prefix first; at least one. */
  static List<Found> in(Map<String, WeightFile.Stored> tensors) throws Malformed {
    NetworkSearch search = new NetworkSearch(tensors);
    List<Found> found = new ArrayList<>();
    search.groups.forEach(
        (prefix, group) ->
            Candidate.values().stream()
                .filter(candidate -> candidate.matches(group))
                // timm's names of convolutions are torchvision's, the classifier's tell them apart
                .reduce((a, b) -> head(b, group) > head(a, group) ? b : a)
                .ifPresent(candidate -> found.add(new Found(prefix, group, candidate))));
    if (found.isEmpty()) {
      throw search.none();
    }
    return found;
  }

  private static int head(Candidate candidate, Map<String, WeightFile.Stored> group) {
    return Head.of(candidate, group).tensors().size();
  }

  private Malformed none() {
    long offset = tensors.values().stream().mapToLong(WeightFile.Stored::offset).min().orElse(0);
    String what = "These are not the weights of a VGG network. ";
    if (tensors.isEmpty()) {
      return new Malformed(offset, what + "The file holds no arrays of floating-point numbers.");
    }
    String layers = "The file has the layers " + LayerNames.layers(tensors.keySet()) + ". ";
    if (groups.isEmpty()) {
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
    Map<String, WeightFile.Stored> group = groups.values().iterator().next();
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
