package verydeep.localization;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.network.Layer;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;
import verydeep.training.Start;

/** A start whose last layer predicts a given box at first. */
record BoxStart(Start weights, BoxTarget box) implements Start {

  @Override
  public Parameters parameters(Vgg network, long seed) {
    List<Layer> layers = network.layers();
    String last = layers.get(layers.size() - 1).name();
    double[] numbers = {box.x(), box.y(), box.width(), box.height()};
    Parameters drawn = weights.parameters(network, seed);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterShape shape : network.parameterShapes()) {
      tensors.put(shape.name(), drawn.get(shape.name()));
      if (shape.name().equals(last + ".bias")) {
        float[] biases = new float[Math.toIntExact(shape.size())];
        if (biases.length % 4 != 0) {
          throw new VerydeepException(
              "The last layer has " + biases.length + " outputs, but a box has four.");
        }
        for (int i = 0; i < biases.length; i++) {
          biases[i] = (float) numbers[i % 4];
        }
        tensors.put(shape.name(), Tensor.of(shape.sizes(), biases));
      }
    }
    return Parameters.of(network, tensors);
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return weights.preprocessing();
  }

  @Override
  public String toString() {
    return weights + ", last biases at the box of " + box;
  }
}
