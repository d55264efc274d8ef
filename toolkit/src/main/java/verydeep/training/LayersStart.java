package verydeep.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.network.Layer;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/** The start that {@link Start#layersOf} returns. */
record LayersStart(Checkpoint checkpoint, Set<String> drawn) implements Start {

  @Override
  public Parameters parameters(Vgg network, long seed) {
    List<String> taken = network.layers().stream().filter(this::fits).map(Layer::name).toList();
    if (taken.isEmpty()) {
      throw new VerydeepException(
          "No layer of network "
              + network.label()
              + " has the name and the shapes of one of "
              + checkpoint.network().label()
              + ", the network to start from. Their widths must be equal.");
    }
    return mixed(network, seed, checkpoint.parameters(), taken);
  }

  private boolean fits(Layer layer) {
    return !layer.parameters().isEmpty()
        && !drawn.contains(layer.name())
        && checkpoint.network().layers().stream()
            .filter(other -> other.name().equals(layer.name()))
            .anyMatch(other -> other.parameters().equals(layer.parameters()));
  }

  /** Returns parameters with the named layers of one network and the rest drawn at random. */
  static Parameters mixed(Vgg network, long seed, Parameters from, List<String> layers) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterShape shape : network.parameterShapes()) {
      tensors.put(
          shape.name(),
          layers.contains(shape.layer())
              ? from.get(shape.name())
              : network.initialization().draw(shape, seed));
    }
    return Parameters.of(network, tensors);
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.of(checkpoint.preprocessing());
  }

  @Override
  public String toString() {
    String but =
        drawn.isEmpty() ? "" : " but " + String.join(", ", drawn.stream().sorted().toList());
    return "layers that fit"
        + but
        + " from VGG "
        + checkpoint.network().label()
        + origin(checkpoint);
  }

  /** Returns what distinguishes one set of weights from another. */
  static String origin(Checkpoint checkpoint) {
    Map<String, String> facts = checkpoint.provenance().facts();
    StringBuilder text = new StringBuilder();
    for (String fact : List.of("trained on", "scale", "seed", "epoch")) {
      if (facts.containsKey(fact)) {
        text.append(text.length() == 0 ? " (" : ", ").append(fact).append(' ');
        text.append(facts.get(fact));
      }
    }
    return text.append(text.length() == 0 ? "" : ")").toString();
  }
}
