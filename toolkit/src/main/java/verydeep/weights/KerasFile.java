package verydeep.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.WeightFile;

/**
 * Weights that Keras wrote as HDF5: one group per layer in the layout of keras.applications'
 * published files, or, in Keras 3's {@code .keras} and {@code .weights.h5}, per class and number of
 * the layer. Layers of a model within the model have its name before theirs. Tensors are turned to
 * channels first, and named {@code layer.weight} and {@code layer.bias}.
 */
final class KerasFile {

  /** The entry of a .keras archive that has the weights. */
  static final String IN_ARCHIVE = "model.weights.h5";

  /** The beginnings of the parts that hold no weights of layers. */
  private static final List<String> OTHERS =
      List.of("optimizer_weights/", "optimizer/", "metrics/", "_layer_checkpoint_dependencies/");

  /** Groups that are no layers. */
  private static final Set<String> FRAME = Set.of("model_weights", "layers", "vars");

  private KerasFile() {}

  /** Reads the weights in a .keras archive. */
  static WeightFile read(ZipEntry entry) throws Malformed {
    long offset = entry.stored().position();
    Map<String, WeightFile.Stored> tensors = new LinkedHashMap<>();
    try {
      read(Cursor.of(entry.content()))
          .tensors()
          .forEach((name, t) -> tensors.put(name, new WeightFile.Stored(t.tensor(), offset)));
    } catch (Malformed e) {
      throw e.within(IN_ARCHIVE, offset);
    }
    return new WeightFile("a Keras archive", tensors, Map.of());
  }

  static WeightFile read(Cursor file) throws Malformed {
    Map<String, WeightFile.Stored> named = new LinkedHashMap<>();
    for (Map.Entry<String, WeightFile.Stored> dataset : Hdf5.datasets(file).entrySet()) {
      String path = dataset.getKey();
      if (OTHERS.stream().anyMatch(path::startsWith)) {
        continue;
      }
      String name = name(path, dataset.getValue().offset());
      if (named.put(name, dataset.getValue()) != null) {
        throw new Malformed(dataset.getValue().offset(), "Two datasets are named " + name + ".");
      }
    }
    return new WeightFile("a Keras file (HDF5)", ChannelsLast.turned(named), Map.of());
  }

  /**
   * Returns the name of an array from its path: the layer's group may be repeated with the array
   * (conv/conv/kernel), and a model's may precede it (vgg16/conv/kernel).
   */
  private static String name(String path, long offset) throws Malformed {
    List<String> groups = new ArrayList<>(List.of(path.split("/")));
    String array = groups.remove(groups.size() - 1);
    groups.removeIf(FRAME::contains);
    if (groups.isEmpty()) {
      throw new Malformed(offset, "Dataset \"" + path + "\" belongs to no layer.");
    }
    String layer = groups.remove(groups.size() - 1);
    boolean repeated = !groups.isEmpty() && groups.get(0).equals(layer);
    String prefix = groups.isEmpty() || repeated ? "" : String.join(".", groups) + ".";
    return prefix + layer + "." + role(array);
  }

  /** Returns the role of an array by the names of Keras 1, 2 and 3. */
  private static String role(String array) {
    String name = array.replaceFirst(":0$", "");
    if (name.equals("kernel") || name.equals("0") || name.matches(".*_W(_\\d+)?")) {
      return "weight";
    } else if (name.equals("bias") || name.equals("1") || name.matches(".*_b(_\\d+)?")) {
      return "bias";
    }
    return name; // of another kind of layer, which a network of Table 1 does not have
  }
}
