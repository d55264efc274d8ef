package verydeep.training;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/**
 * How the paper trained its deeper nets (section 3.1): the first four convolutions and the three
 * fully connected layers from a trained net A, the rest drawn at random; the learning rate is not
 * lowered for the copied layers. A's first four convolutions are conv1_1, conv2_1, conv3_1 and
 * conv3_2, and they initialize the layers of these names, which have the same shapes.
 */
final class ShallowStart implements Start {

  private static final List<String> LAYERS =
      List.of("conv1_1", "conv2_1", "conv3_1", "conv3_2", "fc6", "fc7", "fc8");

  private final Checkpoint shallow;

  private ShallowStart(Checkpoint shallow) {
    this.shallow = shallow;
  }

  /** Checks that it is a net A. */
  static ShallowStart of(Checkpoint shallow) {
    Configuration configuration = shallow.network().configuration();
    if (!Set.of(Configuration.A, Configuration.A_LRN).contains(configuration)
        || shallow.network().classes() == 0) {
      throw new VerydeepException(
          "Deep nets start from net A with its classifier (section 3.1), but this is "
              + shallow.network().label()
              + ". Use Start.layersOf to take the layers that fit from any network.");
    }
    return new ShallowStart(shallow);
  }

  @Override
  public Parameters parameters(Vgg network, long seed) {
    for (String layer : LAYERS) {
      var wanted = network.layer(layer).parameters();
      var given = shallow.network().layer(layer).parameters();
      if (!wanted.equals(given)) {
        throw new VerydeepException(
            "Network "
                + network.label()
                + " cannot start from "
                + shallow.network().label()
                + ": its "
                + wanted.get(0)
                + " is "
                + given.get(0)
                + " there. Width, input, units and classes must be equal, and all kernels 3x3.");
      }
    }
    return LayersStart.mixed(network, seed, shallow.parameters(), LAYERS);
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.of(shallow.preprocessing());
  }

  /** Returns what is copied from where. */
  @Override
  public String toString() {
    return "first four convolutions and fully connected layers from VGG "
        + shallow.network().label()
        + LayersStart.origin(shallow);
  }
}
