package verydeep.weights;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import verydeep.internal.files.WeightFile;
import verydeep.network.Tensor;

/**
 * The arrays of TensorFlow and Keras, turned: kernels are (row, column, in, out) there, dense
 * layers (in, out), the first of them over a map flattened as (row, column, channel). Tensors
 * become (out, in, row, column) and (out, in), channels first.
 */
final class ChannelsLast {

  /** The numbers in a cache line. */
  private static final int AT_A_TIME = 16;

  /** The largest window of a network of Table 1: fc6's. */
  private static final int LARGEST_WINDOW = 7;

  /** The names of the layer that reads the flattened map. */
  private static final Pattern FIRST_DENSE = Pattern.compile("(.*\\.)?(fc1|fc6|dense)\\.weight");

  private ChannelsLast() {}

  /** Returns all arrays channels first, as they are if their kernels are so already. */
  static Map<String, WeightFile.Stored> turned(Map<String, WeightFile.Stored> named) {
    boolean last =
        named.values().stream()
            .map(stored -> stored.tensor().sizes())
            .filter(sizes -> sizes.size() == 4)
            .allMatch(s -> s.get(0).equals(s.get(1)) && s.get(0) <= LARGEST_WINDOW);
    if (!last) {
      return named;
    }
    Map<String, WeightFile.Stored> turned = new LinkedHashMap<>();
    named.forEach(
        (name, stored) -> {
          Tensor tensor = stored.tensor();
          List<Integer> sizes = tensor.sizes();
          if (sizes.size() == 4) {
            tensor = kernel(tensor);
          } else if (sizes.size() == 2) {
            int channels = FIRST_DENSE.matcher(name).matches() ? channels(name, named) : 0;
            boolean flattened = channels > 0 && sizes.get(0) % channels == 0;
            tensor = dense(tensor, flattened ? channels : sizes.get(0));
          }
          turned.put(name, new WeightFile.Stored(tensor, stored.offset()));
        });
    return turned;
  }

  /**
   * Returns the channels of the map that a dense layer flattens: those of the last convolution,
   * which are the most in every network of Table 1.
   */
  private static int channels(String dense, Map<String, WeightFile.Stored> named) {
    String layer = LayerNames.layer(dense);
    String prefix = layer.substring(0, layer.lastIndexOf('.') + 1);
    return named.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> entry.getValue().tensor().sizes())
        .filter(sizes -> sizes.size() == 4)
        .mapToInt(sizes -> sizes.get(3))
        .max()
        .orElse(0);
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
