package verydeep.training;

import java.util.Optional;
import verydeep.data.Preprocessing;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** The start that {@link Start#random()} returns. */
record RandomStart() implements Start {

  @Override
  public Parameters parameters(Vgg network, long seed) {
    return Parameters.initial(network, seed);
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "random";
  }
}
