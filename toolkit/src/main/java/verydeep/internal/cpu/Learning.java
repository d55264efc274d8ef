package verydeep.internal.cpu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import verydeep.network.Layer;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;

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

  /** Lays out the numbers of a batch normalization. */
  LearnedBatchNormalization batch(Layer.BatchNormalization layer, Parameters parameters) {
    List<LearnedArray> own = new ArrayList<>();
    for (ParameterShape shape : layer.parameters()) {
      boolean learns = learned.contains(shape.name());
      Tensor initial = parameters.get(shape.name());
      int size = LearnedBatchNormalization.filled(layer.channels());
      LearnedArray array = LearnedArray.ofChannels(initial, size, learns);
      arrays.put(shape.name(), array);
      own.add(array);
    }
    var running = new RunningStatistics(own.get(2), own.get(3));
    return new LearnedBatchNormalization(own.get(0), own.get(1), running);
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
