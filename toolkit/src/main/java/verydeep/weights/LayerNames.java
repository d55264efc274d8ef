package verydeep.weights;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import verydeep.internal.files.WeightFile;

/** Names of tensors, such as {@code module.features.0.weight}, taken apart. */
final class LayerNames {

  private static final int LONGEST = 60;
  private static final int MOST = 4;

  /**
   * What wrappers and whole pickled modules put between the names of layers: DataParallel,
   * torch.compile, FSDP, checkpointing of activations, nn.Module.
   */
  private static final Set<String> WRAPPERS =
      Set.of(
          "module",
          "_orig_mod",
          "_fsdp_wrapped_module",
          "_checkpoint_wrapped_module",
          "_modules",
          "_parameters",
          "_buffers");

  private LayerNames() {}

  /** Returns the tensors by the names they have without wrappers, with dots between the parts. */
  static Map<String, WeightFile.Stored> unwrapped(Map<String, WeightFile.Stored> tensors) {
    Map<String, WeightFile.Stored> plain = new LinkedHashMap<>();
    tensors.forEach(
        (name, stored) -> {
          String without =
              Stream.of(name.split("[./]", -1))
                  .filter(part -> !WRAPPERS.contains(part))
                  .collect(Collectors.joining("."));
          boolean taken = plain.containsKey(without) || tensors.containsKey(without);
          plain.put(taken ? name : without, stored);
        });
    return plain;
  }

  /** Returns a tensor's layer: its name without the role at its end. */
  static String layer(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /** Returns the layers of tensors, for a message. */
  static String layers(Collection<String> names) {
    return few(
        names.stream().map(name -> name.contains(".") ? layer(name) : name).distinct().toList());
  }

  /** Returns the first names, and how many there are besides, for a message. */
  static String few(Collection<String> names) {
    String first =
        names.stream()
            .limit(MOST)
            .map(name -> name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name)
            .collect(Collectors.joining(", "));
    return names.size() > MOST ? first + " and " + (names.size() - MOST) + " more" : first;
  }

  /** Returns names as alternatives in quotation marks, for a message. */
  static String quoted(List<String> names) {
    return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
  }
}
