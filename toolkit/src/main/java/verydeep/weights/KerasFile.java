package verydeep.weights;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.WeightFile;
import verydeep.network.Tensor;

/**
 * Weights that Keras wrote as HDF5, in the layout of keras.applications' published files: one group
 * per layer, kernels as (row, column, in, out), dense layers as (in, out), the first of them over a
 * map flattened as (row, column, channel). Tensors become (out, in, row, column) and (out, in),
 * channels first, and are named {@code layer.weight} and {@code layer.bias}.
 *
 * <p>The {@code .weights.h5} format of Keras 3 numbers layers instead of naming them, and is
 * rejected.
 */
final class KerasFile {

  /** The part of a whole model's file that holds no weights. */
  private static final String OPTIMIZER = "optimizer_weights/";

  private static final String MODEL = "model_weights/";

  /** The numbers in a cache line. */
  private static final int AT_A_TIME = 16;

  private KerasFile() {}

  static WeightFile read(Cursor file) throws Malformed {
    Map<String, WeightFile.Stored> named = new LinkedHashMap<>();
    for (Map.Entry<String, WeightFile.Stored> dataset : Hdf5.datasets(file).entrySet()) {
      String path = dataset.getKey();
      long offset = dataset.getValue().offset();
      if (path.startsWith(OPTIMIZER)) {
        continue;
      }
      if (path.startsWith("layers/")) {
        throw new Malformed(
            offset,
            "This is a .weights.h5 file of Keras 3, which does not name its layers. Save the whole"
                + " model as .h5 instead.");
      }
      String inside = path.startsWith(MODEL) ? path.substring(MODEL.length()) : path;
      int slash = inside.indexOf('/');
      if (slash < 0) {
        throw new Malformed(offset, "Dataset \"" + path + "\" belongs to no layer.");
      }
      String name = inside.substring(0, slash) + "." + role(inside, offset);
      if (named.put(name, dataset.getValue()) != null) {
        throw new Malformed(offset, "Two datasets are named " + name + ".");
      }
    }
    return new WeightFile("a Keras file (HDF5)", channelsFirst(named), Map.of());
  }

  /**
   * Returns the role of an array from the last part of its path, by the names of Keras 1, 2 and 3.
   */
  private static String role(String path, long offset) throws Malformed {
    String last = path.substring(path.lastIndexOf('/') + 1);
    String array = last.replaceFirst(":0$", "");
    if (array.equals("kernel") || array.matches(".*_W(_\\d+)?")) {
      return "weight";
    } else if (array.equals("bias") || array.matches(".*_b(_\\d+)?")) {
      return "bias";
    }
    throw new Malformed(
        offset,
        "Dataset \"" + path + "\" is neither a kernel nor a bias of a convolution or layer.");
  }

  private static Map<String, WeightFile.Stored> channelsFirst(
      Map<String, WeightFile.Stored> named) {
    Map<String, WeightFile.Stored> turned = new LinkedHashMap<>();
    int channels = channels(named);
    for (Map.Entry<String, WeightFile.Stored> entry : named.entrySet()) {
      Tensor tensor = entry.getValue().tensor();
      List<Integer> sizes = tensor.sizes();
      if (sizes.size() == 4) {
        tensor = kernel(tensor);
      } else if (sizes.size() == 2) {
        boolean first = entry.getKey().equals("fc1.weight") && channels > 0;
        tensor = dense(tensor, first && sizes.get(0) % channels == 0 ? channels : sizes.get(0));
      }
      turned.put(entry.getKey(), new WeightFile.Stored(tensor, entry.getValue().offset()));
    }
    return turned;
  }

  /**
   * Returns the channels of the map that the first dense layer flattens: those of the last
   * convolution.
   */
  private static int channels(Map<String, WeightFile.Stored> named) {
    List<String> convolutions = new ArrayList<>();
    named.forEach(
        (name, stored) -> {
          if (stored.tensor().sizes().size() == 4) {
            convolutions.add(name);
          }
        });
    convolutions.sort(null); // block5_conv4.weight is also last by name
    return convolutions.isEmpty()
        ? 0
        : named.get(convolutions.get(convolutions.size() - 1)).tensor().sizes().get(3);
  }

  private static Tensor kernel(Tensor hwio) {
    int places = hwio.sizes().get(0) * hwio.sizes().get(1);
    int inputs = hwio.sizes().get(2);
    int outputs = hwio.sizes().get(3);
    List<Integer> sizes = List.of(outputs, inputs, hwio.sizes().get(0), hwio.sizes().get(1));
    return turned(sizes, hwio, places, inputs, outputs);
  }

  /** Transposes (cells, channels, out) to (out, channels, cells), with one row per output. */
  private static Tensor dense(Tensor io, int channels) {
    int inputs = io.sizes().get(0);
    int outputs = io.sizes().get(1);
    int cells = channels == 0 ? 0 : inputs / channels;
    return turned(List.of(outputs, inputs), io, cells, channels, outputs);
  }

  /**
   * Transposes (positions, inputs, outputs) to (outputs, inputs, positions), a few outputs at a
   * time.
   */
  private static Tensor turned(
      List<Integer> sizes, Tensor from, int places, int inputs, int outputs) {
    return Tensor.computed(
        sizes,
        target -> {
          FloatBuffer stored = from.values();
          float[][] block = new float[AT_A_TIME][inputs * places];
          for (int first = 0; first < outputs; first += AT_A_TIME) {
            int count = Math.min(AT_A_TIME, outputs - first);
            for (int at = first, place = 0; place < places; place++) {
              for (int input = 0; input < inputs; input++, at += outputs) {
                for (int i = 0; i < count; i++) {
                  block[i][input * places + place] = stored.get(at + i);
                }
              }
            }
            for (int i = 0; i < count; i++) {
              target.put(block[i]);
            }
          }
        });
  }
}
