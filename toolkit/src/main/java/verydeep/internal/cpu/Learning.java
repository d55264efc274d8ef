package verydeep.internal.cpu;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import verydeep.network.Layer;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;

/** The arrays of all layers of a network in training, by their names. */
final class Learning {

  private final Set<String> learned;
  private final Map<String, LearnedArray> arrays = new LinkedHashMap<>();

  /**
   * Starts with no layers.
   *
   * @param learned the names of the arrays that learn
   */
  Learning(Set<String> learned) {
    this.learned = Set.copyOf(learned);
  }

  /** Lays out the weights of a layer. */
  LearnedWeights weights(Layer layer, int kernel, boolean gathered, Parameters parameters) {
    String weight = layer.name() + ".weight";
    String bias = layer.name() + ".bias";
    var learns = new LearnedWeights.Learns(learned.contains(weight), learned.contains(bias));
    LearnedWeights laidOut =
        new LearnedWeights(kernel, gathered, parameters.get(weight), parameters.get(bias), learns);
    arrays.put(weight, laidOut.weights());
    arrays.put(bias, laidOut.biases());
    return laidOut;
  }

  /** Returns the bytes of the weights, their gradients and velocities. */
  long bytes() {
    return arrays.values().stream().mapToLong(LearnedArray::bytes).sum();
  }

  /** Returns an array. */
  LearnedArray of(ParameterShape shape) {
    return arrays.get(shape.name());
  }
}
