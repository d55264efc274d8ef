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

  private final Parameters parameters;
  private final List<Layer> layers;
  private final Winograd wanted;
  private final Team team;
  private final boolean backward;
  private final Map<String, ConvolutionWeights> weights = new HashMap<>();

  private Plan(Parameters parameters, Winograd wanted, Team team, boolean backward) {
    this.parameters = parameters;
    this.layers = parameters.network().layers();
    this.wanted = wanted;
    this.team = team;
    this.backward = backward;
  }

  /** Transforms all weights for forward passes. */
  static Plan forward(Parameters parameters, Winograd wanted, Team team) {
    Plan plan = new Plan(parameters, wanted, team, false);
    for (int i = 0; i < plan.layers.size(); i++) {
      plan.weights(i);
    }
    return plan;
  }

  /**
   * Returns a plan for passes there and back. Each pooling is a step of its own, so that its input
   * is there, and a layer's weights are transformed when a step first needs them.
   */
  static Plan backward(Parameters parameters, Winograd wanted, Team team) {
    return new Plan(parameters, wanted, team, true);
  }

  /** Returns a layer's weights, or null if it has none of its own. */
  private ConvolutionWeights weights(int index) {
    Layer layer = layers.get(index);
    if (!weights.containsKey(layer.name())) {
      if (layer instanceof Layer.Convolution convolution) {
        var normalization = at(index + 1) instanceof Layer.BatchNormalization found ? found : null;
        var source = WeightSource.of(convolution, normalization, parameters);
        boolean image = index == 0 && ImageConvolution.reads(convolution);
        weights.put(layer.name(), ConvolutionWeights.convolution(source, wanted, image, team));
      } else if (layer instanceof Layer.FullyConnected connected) {
        var source = WeightSource.of(connected, parameters);
        // the gradient reads the direct form, so the forward pass does too
        Winograd form = backward ? Winograd.TWO : wanted;
        weights.put(layer.name(), ConvolutionWeights.fullyConnected(source, form, team));
      }
    }
    return weights.get(layer.name());
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
      ConvolutionWeights own = weights(next);
      if (own != null) {
        if (at(end + 1) instanceof Layer.BatchNormalization) {
          end++;
        }
        boolean relu = !wanted.contains(end) && at(end + 1) instanceof Layer.Relu;
        end += relu ? 1 : 0;
        boolean pool =
            relu
                && !backward
                && own.pools()
                && !wanted.contains(end)
                && at(end + 1) instanceof Layer.MaxPooling;
        end += pool ? 1 : 0;
        step = new ConvolutionStep(own, relu, pool);
      } else if (layer instanceof Layer.MaxPooling) {
        step = new PoolingStep();
      } else if (layer instanceof Layer.LocalResponseNormalization normalization) {
        step = new Normalization(normalization);
      } else if (layer instanceof Layer.Relu relu) {
        step = new ReluStep(relu);
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
