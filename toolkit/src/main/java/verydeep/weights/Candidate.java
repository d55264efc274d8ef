package verydeep.weights;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import verydeep.internal.files.WeightFile;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Vgg;
import verydeep.network.VggBuilder;

/** A configuration with one of the known namings, which a file's tensors may match. */
record Candidate(Naming naming, Vgg network, Map<String, ParameterShape> names) {

  private static final List<Candidate> ALL = all();

  /**
   * Returns all candidates in the order of Table 1, so that A comes before A-LRN, which has the
   * same parameters.
   */
  static List<Candidate> values() {
    return ALL;
  }

  private static List<Candidate> all() {
    List<Candidate> all = new ArrayList<>();
    for (Naming naming : Naming.values()) {
      for (Configuration configuration : Configuration.values()) {
        for (boolean batchNorm : new boolean[] {false, true}) {
          VggBuilder builder = Vgg.of(configuration).batchNorm(batchNorm);
          add(all, naming, builder.build());
          add(all, naming, builder.convolutionsOnly().build());
        }
      }
    }
    return List.copyOf(all);
  }

  private static void add(List<Candidate> all, Naming naming, Vgg network) {
    all.add(new Candidate(naming, network, naming.names(network)));
  }

  /** Returns how many names occur in only one of the two, plus how many windows differ in size. */
  int distance(Map<String, WeightFile.Stored> tensors) {
    Set<String> both = new HashSet<>(names.keySet());
    both.retainAll(tensors.keySet());
    int windows = 0;
    for (String name : both) {
      List<Integer> wanted = names.get(name).sizes();
      List<Integer> given = tensors.get(name).tensor().sizes();
      if (wanted.size() == 4
          && given.size() == 4
          && !wanted.subList(2, 4).equals(given.subList(2, 4))) {
        windows++;
      }
    }
    return names.size() + tensors.size() - 2 * both.size() + windows;
  }

  /** Describes how a file differs from this, its closest candidate. */
  String difference(Map<String, WeightFile.Stored> tensors) {
    List<String> missing =
        names.keySet().stream().filter(name -> !tensors.containsKey(name)).toList();
    List<String> more = tensors.keySet().stream().filter(name -> !names.containsKey(name)).toList();
    return "The closest network is "
        + network.label()
        + " with "
        + naming
        + " names; "
        + (missing.isEmpty() ? "none of its tensors is missing" : "it lacks " + few(missing))
        + (more.isEmpty() ? "" : ", and the file also has " + few(more));
  }

  private static String few(List<String> names) {
    String first =
        String.join(
            ", ",
            names.subList(0, Math.min(3, names.size())).stream()
                .map(name -> name.length() > 60 ? name.substring(0, 60) + "..." : name)
                .toList());
    return names.size() > 3 ? first + " and " + (names.size() - 3) + " more" : first;
  }
}
