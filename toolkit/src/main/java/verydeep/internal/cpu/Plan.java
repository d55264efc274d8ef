package verydeep.internal.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import verydeep.network.Layer;
import verydeep.network.Parameters;

/** A network's layers as steps: results between two layers that nobody needs are not written. */
final class Plan {

  /** A step, and the indices of the layers whose activations it produces. */
  record Planned(Step step, int last, int lastOfSame) {
    boolean gives(int layer) {
      return layer >= last && layer <= lastOfSame;
    }
  }

  private final List<Layer> layers;
  private final Map<String, ConvolutionWeights> weights = new HashMap<>();

  /** Transforms all weights. */
  Plan(Parameters parameters, Winograd wanted, Team team) {
    layers = parameters.network().layers();
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof Layer.Convolution convolution) {
        var normalization = at(i + 1) instanceof Layer.BatchNormalization found ? found : null;
        var source = Panels.Source.of(convolution, normalization, parameters);
        weights.put(convolution.name(), ConvolutionWeights.convolution(source, wanted, team));
      } else if (layers.get(i) instanceof Layer.FullyConnected layer) {
        var source = Panels.Source.of(layer, parameters);
        weights.put(layer.name(), ConvolutionWeights.fullyConnected(source, wanted, team));
      }
    }
  }

  private Layer at(int index) {
    return index < layers.size() ? layers.get(index) : null;
  }

  /** Returns the bytes of the transformed weights. */
  long bytes() {
    return weights.values().stream().mapToLong(ConvolutionWeights::bytes).sum();
  }

  /** Returns the steps up to the last of some layers, each of which ends a step. */
  List<Planned> steps(Set<Integer> wanted) {
    int last = wanted.stream().mapToInt(i -> i).max().orElseThrow();
    List<Planned> steps = new ArrayList<>();
    int next = 0;
    while (next <= last) {
      int end = next;
      Step step;
      Layer layer = layers.get(next);
      ConvolutionWeights own = weights.get(layer.name());
      if (own != null) {
        if (at(end + 1) instanceof Layer.BatchNormalization) {
          end++;
        }
        boolean relu = !wanted.contains(end) && at(end + 1) instanceof Layer.Relu;
        end += relu ? 1 : 0;
        boolean pool =
            relu
                && own.poolsTiles()
                && !wanted.contains(end)
                && at(end + 1) instanceof Layer.MaxPooling;
        end += pool ? 1 : 0;
        step = new ConvolutionStep(own, relu, pool);
      } else if (layer instanceof Layer.MaxPooling) {
        step = new PoolingStep();
      } else if (layer instanceof Layer.LocalResponseNormalization normalization) {
        step = new PixelStep(normalization);
      } else if (layer instanceof Layer.Relu relu) {
        step = new PixelStep(relu);
      } else {
        throw new AssertionError(layer);
      }
      int same = end;
      while (at(same + 1) instanceof Layer.Dropout) {
        same++; // does nothing in testing
      }
      steps.add(new Planned(step, end, same));
      next = same + 1;
    }
    return steps;
  }
}
