package verydeep.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import verydeep.internal.files.WeightFile;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Vgg;

/**
 * The convolutions of a configuration with one of the known namings, which a file's tensors may
 * match.
 *
 * @param naming the naming
 * @param network the configuration at full width, without a classifier
 * @param names its parameters by their names in the naming
 */
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
          Vgg network = Vgg.of(configuration).batchNorm(batchNorm).convolutionsOnly().build();
          all.add(new Candidate(naming, network, naming.names(network)));
        }
      }
    }
    return List.copyOf(all);
  }

  /** Returns whether a network's convolutions are these. */
  boolean matches(Map<String, WeightFile.Stored> tensors) {
    return missing(tensors).isEmpty() && strangers(tensors).isEmpty();
  }

  /** Returns how many channels the last convolution has in a file. */
  int channels(Map<String, WeightFile.Stored> tensors) {
    int channels = 0;
    for (Map.Entry<String, ParameterShape> name : names.entrySet()) {
      List<Integer> sizes = tensors.get(name.getKey()).tensor().sizes();
      channels = name.getValue().sizes().size() == 4 && !sizes.isEmpty() ? sizes.get(0) : channels;
    }
    return channels;
  }

  /** Returns its tensors that are missing or have a window of another size. */
  List<String> missing(Map<String, WeightFile.Stored> tensors) {
    return names.entrySet().stream()
        .filter(name -> !fits(tensors.get(name.getKey()), name.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean fits(WeightFile.Stored stored, ParameterShape shape) {
    if (stored == null) {
      return false;
    }
    List<Integer> wanted = shape.sizes();
    List<Integer> given = stored.tensor().sizes();
    return wanted.size() != 4
        || given.size() != 4
        || wanted.subList(2, 4).equals(given.subList(2, 4));
  }

  /**
   * Returns the tensors that do not belong to it, although this naming gives such names to layers
   * of the network: those of a deeper network, or of layers between its own.
   */
  List<String> strangers(Map<String, WeightFile.Stored> tensors) {
    return tensors.keySet().stream()
        .filter(name -> !names.containsKey(name) && naming.covers(LayerNames.layer(name)))
        .filter(name -> !Head.mayHold(naming, name, tensors))
        .toList();
  }
}
