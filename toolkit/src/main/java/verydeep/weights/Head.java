package verydeep.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import verydeep.internal.files.WeightFile;
import verydeep.network.Tensor;

/**
 * What follows the convolutions in a file: Table 1's fc6, fc7 and fc8, of which the first two or
 * all three may be used, or something else.
 *
 * @param tensors the tensors of the layers that fit, by their names here, such as fc6.weight
 * @param left the names in the file of all others
 */
record Head(Map<String, WeightFile.Stored> tensors, List<String> left) {

  private static final Pattern NUMBERED = Pattern.compile("(classifier\\.)?(\\d{1,6})");
  private static final List<String> LAYERS = List.of("fc6", "fc7", "fc8");

  /** Returns the head among the tensors that are not of the convolutions. */
  static Head of(Candidate candidate, Map<String, WeightFile.Stored> network) {
    Map<String, WeightFile.Stored> rest = new LinkedHashMap<>(network);
    rest.keySet().removeAll(candidate.names().keySet());
    Map<String, WeightFile.Stored> named = new LinkedHashMap<>();
    List<String> layers = layers(candidate.naming(), rest);
    int fitting = fitting(layers, rest, candidate.channels(network));
    for (int i = 0; i < fitting; i++) {
      for (String role : List.of(".weight", ".bias")) {
        WeightFile.Stored stored = rest.remove(layers.get(i) + role);
        Tensor tensor = stored.tensor();
        List<Integer> sizes = role.equals(".bias") ? List.of(tensor.size()) : matrix(tensor);
        named.put(
            LAYERS.get(i) + role, new WeightFile.Stored(tensor.reshape(sizes), stored.offset()));
      }
    }
    return new Head(named, List.copyOf(rest.keySet()));
  }

  /** Returns whether fc6 and fc7 are there. */
  boolean reachesFc7() {
    return !tensors.isEmpty();
  }

  /** Returns whether all three layers are there. */
  boolean reachesFc8() {
    return tensors.containsKey("fc8.weight");
  }

  /** Returns whether a tensor's layer is fully connected, and so may belong to a head. */
  static boolean mayHold(Naming naming, String name, Map<String, WeightFile.Stored> tensors) {
    String layer = LayerNames.layer(name);
    boolean called = naming.classifier().stream().anyMatch(p -> p.matcher(layer).matches());
    WeightFile.Stored weight = tensors.get(layer + ".weight");
    return called || (weight != null && isMatrix(weight.tensor()));
  }

  /** Returns the layers in the file that would be fc6, fc7 and fc8, as many as there are. */
  private static List<String> layers(Naming naming, Map<String, WeightFile.Stored> rest) {
    Set<String> all = new TreeSet<>();
    rest.keySet().forEach(name -> all.add(LayerNames.layer(name)));
    if (!naming.classifier().isEmpty()) {
      List<String> found = new ArrayList<>();
      for (Pattern pattern : naming.classifier()) {
        List<String> called = all.stream().filter(l -> pattern.matcher(l).matches()).toList();
        if (called.size() != 1) {
          break; // none, or heads for several tasks
        }
        found.add(called.get(0));
      }
      return found;
    }
    Predicate<String> numbered = layer -> NUMBERED.matcher(layer).matches();
    List<String> found =
        all.stream()
            .filter(numbered)
            .sorted(Comparator.comparingInt(Head::number))
            .collect(Collectors.toList());
    boolean dense =
        found.stream()
            .allMatch(l -> rest.containsKey(l + ".weight") && rest.containsKey(l + ".bias"));
    return dense && found.size() <= LAYERS.size() ? found : List.of();
  }

  private static int number(String layer) {
    return Integer.parseInt(layer.substring(layer.lastIndexOf('.') + 1));
  }

  /**
   * Returns how many of the layers are Table 1's: none, two, or all three.
   *
   * @param channels those of the map that the first of them covers, which is a square
   */
  private static int fitting(
      List<String> layers, Map<String, WeightFile.Stored> rest, int channels) {
    int count = 0;
    int units = -1;
    for (String layer : layers) {
      WeightFile.Stored weight = rest.get(layer + ".weight");
      WeightFile.Stored bias = rest.get(layer + ".bias");
      List<Integer> sizes = weight == null ? List.of() : matrix(weight.tensor());
      boolean whole = sizes.size() == 2 && bias != null && bias.tensor().size() == sizes.get(0);
      boolean follows =
          whole && (count == 0 ? isSquare(sizes.get(1), channels) : sizes.get(1) == units);
      boolean hidden = count != 1 || (whole && sizes.get(0) == units);
      if (!follows || !hidden) {
        break;
      }
      units = sizes.get(0);
      count++;
    }
    return count < 2 ? 0 : count;
  }

  private static boolean isSquare(int inputs, int channels) {
    int side = channels == 0 ? 0 : (int) Math.round(Math.sqrt((double) inputs / channels));
    return side > 0 && (long) side * side * channels == inputs;
  }

  private static boolean isMatrix(Tensor tensor) {
    List<Integer> sizes = tensor.sizes();
    return sizes.size() == 2 || (sizes.size() == 4 && sizes.get(0) == 1 && sizes.get(1) == 1);
  }

  /**
   * Returns the shape of a layer's weights as rows: Caffe's first encoding puts two sizes of 1
   * before them, and a layer over a whole map is a convolution.
   */
  private static List<Integer> matrix(Tensor tensor) {
    List<Integer> sizes = tensor.sizes();
    if (sizes.size() == 4) {
      int rows = sizes.get(isMatrix(tensor) ? 2 : 0);
      return List.of(rows, rows == 0 ? 0 : tensor.size() / rows);
    }
    return sizes;
  }
}
