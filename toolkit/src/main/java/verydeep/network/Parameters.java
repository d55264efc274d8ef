package verydeep.network;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import verydeep.VerydeepException;

/**
 * The weights of one network: an array for each of its parameter shapes, in plain Java. Immutable;
 * training creates new ones.
 */
public final class Parameters {

  private final Vgg network;
  private final Map<String, Tensor> tensors;

  private Parameters(Vgg network, Map<String, Tensor> tensors) {
    this.network = network;
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /**
   * Checks that the arrays match a network.
   *
   * @param network the network
   * @param tensors the arrays by name, such as {@code conv1_1.weight}
   * @return the parameters
   * @throws VerydeepException if an array is missing, has the wrong shape, or belongs to no layer;
   *     the message names it
   */
  public static Parameters of(Vgg network, Map<String, Tensor> tensors) {
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    List<String> wrong = new ArrayList<>();
    for (ParameterShape shape : network.parameterShapes()) {
      Tensor tensor = tensors.get(shape.name());
      if (tensor == null) {
        wrong.add(shape + " is missing");
      } else if (!tensor.sizes().equals(shape.sizes())) {
        wrong.add(shape + " was given as " + tensor.sizes());
      } else {
        ordered.put(shape.name(), tensor);
      }
    }
    for (String name : tensors.keySet()) {
      if (!ordered.containsKey(name) && wrong.stream().noneMatch(w -> w.startsWith(name + " "))) {
        wrong.add(name + " belongs to no layer");
      }
    }
    if (!wrong.isEmpty()) {
      throw new VerydeepException(
          "These are not the parameters of network "
              + network.label()
              + ": "
              + String.join("; ", wrong.subList(0, Math.min(3, wrong.size())))
              + (wrong.size() > 3 ? "; and " + (wrong.size() - 3) + " more." : "."));
    }
    return new Parameters(network, ordered);
  }

  /**
   * Draws initial weights for training from scratch with the network's initialization. A layer's
   * weights depend only on the seed and its name.
   *
   * @param network the network
   * @param seed any number
   * @return the parameters
   */
  public static Parameters initial(Vgg network, long seed) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterShape shape : network.parameterShapes()) {
      tensors.put(shape.name(), network.initialization().draw(shape, seed));
    }
    return of(network, tensors);
  }

  /**
   * Returns the network these weights belong to.
   *
   * @return the network
   */
  public Vgg network() {
    return network;
  }

  /**
   * Returns one array.
   *
   * @param name the name, such as {@code conv1_1.weight}
   * @return the array
   * @throws VerydeepException if there is no array with that name
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new VerydeepException(
          "There is no array \""
              + name
              + "\" among the parameters of network "
              + network.label()
              + "; names look like "
              + tensors.keySet().iterator().next()
              + ".");
    }
    return tensor;
  }

  /**
   * Returns the names of the arrays, first layer first.
   *
   * @return the names
   */
  public Set<String> names() {
    return tensors.keySet();
  }

  /**
   * Returns the memory the arrays take as 32-bit floats.
   *
   * @return the number of bytes
   */
  public long bytes() {
    return tensors.values().stream().mapToLong(t -> 4L * t.size()).sum();
  }

  /**
   * Returns a checksum that distinguishes these weights from others, over the first few thousand
   * numbers of each array.
   *
   * @return a CRC-32, for comparison, not for security
   */
  public int checksum() {
    CRC32 sum = new CRC32();
    ByteBuffer bytes = ByteBuffer.allocate(4);
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      sum.update(tensor.getKey().getBytes(StandardCharsets.UTF_8));
      FloatBuffer values = tensor.getValue().values();
      for (int i = 0; i < Math.min(4096, values.remaining()); i++) {
        sum.update(bytes.putInt(0, Float.floatToRawIntBits(values.get(i))).array());
      }
    }
    return (int) sum.getValue();
  }

  /** Returns the network and the size, in one line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Parameters of VGG %s: %d arrays, %.1f MB",
        network.label(),
        tensors.size(),
        bytes() / 1e6);
  }
}
